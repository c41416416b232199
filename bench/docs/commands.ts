import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { commands, menus } from '../../commands/index.js';
import { BUTTON_VERBS } from '../../src/discord/asking/custom-id.js';
import { renderJob } from '../../src/discord/showing/render-job.js';
import { textFor } from '../../src/discord/words/text.js';
import { NAMES, NOW, sampleJob } from './sample-desk.js';
import { sampleLetters } from './sample-letters.js';
import { REFUSALS } from './sample-refusals.js';
import { sampleReply } from './sample-replies.js';
import { wordsFor } from '../../src/discord/words/refusals.js';

const text = textFor('en');

const HEADER = `# On Discord

Made from the code by \`npm run docs\`; a test fails when it is out of date. Every name, description and answer is there in
English, German and Japanese: what everybody reads is in the server's language, what one person reads in theirs.
`;

const PICTURES = `## A picture

\`/imagine\` answers with one message, which shows the picture's whole life. It begins with its place in line:
`;

const BUTTONS = `## The buttons under it

They work for ever: after a restart, and on the oldest picture. Who may not press one, or where it can do nothing, is told in
one sentence that nobody else sees. Reacting with 🔁 or ❌ does the same as the buttons, 🔁 also while the bot is away; ⭐ puts
a picture into the gallery of a server that has one (\`/settings gallery\`).
`;

const REMIX = `*Remix* opens a form with two fields, filled in as the picture was asked for:
`;

const MENUS = `## In the menu of a message

Under *Apps*, for a message that shows a picture:
`;

const MENU_DOES = {
  details: 'the same as the button: everything that is known of how it came to be, for you alone',
  report: 'the same as `/report`, without a reason: tells the moderators',
} as const satisfies Record<keyof typeof text.menus, string>;

const LETTERS = `## What it writes by itself
`;

const REASONS = `## When something does not happen

It is said in one sentence, to the person alone where only they asked, in a picture's message where that ends without one. What
is wrong with a prompt or an option is said likewise, with what would be right.
`;

/** What an answer shows besides its words. */
const PICTURED: Readonly<Record<string, string>> = {
  styles: '![One prompt in every style](../models/styles.webp)\n',
};

/** What each button does; \`docs/commands.md\` is where people look it up. */
const DOES = {
  again: 'the same wish with another seed',
  retry: 'just the same once more, where something went wrong',
  cancel: 'takes back what waits or is being painted; its owner and moderators',
  finish: 'takes the painting as it is now; its owner and moderators',
  delete: 'takes picture and message away; its owner and moderators',
  show: 'shows a picture that Discord did not take when it was painted',
  vary: 'another picture that begins with this one',
  remix: 'a form with prompt and options as they were; what comes back is painted',
  more: 'goes on with the very same painting, by half as many steps again',
  enlarge: 'the same picture, enlarged four times by a network that keeps edges sharp',
  film: 'how the picture grew, a few seconds long, for everybody',
  details: 'everything that is known of how it came to be, for you alone',
  review: 'shows moderators a picture that was held back, so that they can let it through',
  direct: 'the picture, its seed and the whole request as a file, in a direct message',
  u1: 'of a sheet (option `count`): its first picture by itself, enlarged four times',
  u2: 'likewise its second',
  u3: 'likewise its third',
  u4: 'likewise its fourth',
  v1: 'of a sheet: another sheet, of pictures that begin with its first',
  v2: 'likewise with its second',
  v3: 'likewise with its third',
  v4: 'likewise with its fourth',
} as const satisfies Record<(typeof BUTTON_VERBS)[number], string>;

/** The text of docs/commands.md: what can be done on Discord, and what each looks like. */
export async function commandsPage(): Promise<string> {
  const sections = await Promise.all(commands.map(({ data }) => commandSection(data)));
  return [
    HEADER,
    PICTURES,
    ...pictureSamples(),
    '![A finished picture with its buttons, in the playground](commands-picture.png)\n',
    BUTTONS,
    table(
      ['button', 'on it stands', 'what it does'],
      BUTTON_VERBS.map((verb) => [`\`${verb}\``, text.buttons[verb], DOES[verb]]),
    ),
    '![A sheet of four (`count`) with its buttons](commands-sheet.png)\n',
    REMIX,
    quoted(
      [
        `**${text.remix.prompt}** a lighthouse in a storm`,
        `**${text.remix.options}** --seed 7 --steps 40`,
        `-# ${text.remix.hint}`,
      ].join('\n'),
    ),
    '## The commands\n',
    ...sections,
    MENUS,
    table(
      ['entry', 'in other languages', 'what it does'],
      menus.map(({ data: { name, name_localizations: names } }) => {
        const [does] = Object.entries(text.menus).flatMap(
          ([key, title]) => (title === name ? [MENU_DOES[key as keyof typeof text.menus]] : []), // its own key
        );
        return [`*${name}*`, localised(names, (word) => `*${word}*`), does ?? ''];
      }),
    ),
    LETTERS,
    ...(await sampleLetters()).flatMap(([when, content]) => [`${when}\n`, quoted(content)]),
    REASONS,
    ...Object.entries(REFUSALS).flatMap(([what, refusals]) => [
      `**${what}**\n`,
      `${refusals.map((refusal) => `- ${shown(wordsFor(text.refusals, refusal))}`).join('\n')}\n`,
    ]),
  ].join('\n');
}

function pictureSamples(): string[] {
  const waiting = { position: 2, of: 5, startsAt: 0, paused: false };
  const progress = { step: 16, steps: 40, endsAt: 0 };
  const failed = { kind: 'adult' } as const;
  const posts = [
    renderJob(sampleJob({ state: 'queued' }), { text, position: waiting }),
    renderJob(sampleJob({ state: 'painting' }), { text, progress }),
    renderJob(sampleJob(), { text }),
    renderJob(sampleJob({ state: 'failed', reason: failed, result: null }), { text }),
  ];
  const [first = '', second = '', third = '', fourth = ''] = posts.map(({ content }) => quoted(content));
  return [
    first,
    'Then the picture appears in it, frame by frame:\n',
    second,
    'When it is done:\n',
    third,
    'And where there is none, it says why:\n',
    fourth,
  ];
}

async function commandSection(data: RESTPostAPIChatInputApplicationCommandsJSONBody): Promise<string> {
  const { name, description, options = [], default_member_permissions: permissions } = data;
  const who = permissions ? ' For moderators.' : '';
  const parts = options.filter(isPart);
  const reply = await sampleReply(name);
  return [
    `### /${name}\n`,
    `${description}.${who} In other languages: ${localised(data.name_localizations, (word) => `\`/${word}\``)}.\n`,
    ...(parts.length > 0
      ? [
          table(
            ['', 'what it does', 'options'],
            parts.map((part) => partRow(name, part)),
          ),
        ]
      : options.length > 0
        ? [
            table(
              ['option', 'what it is'],
              options.map((option) => [nameOf(option), option.description]),
            ),
          ]
        : []),
    ...(reply === undefined ? [] : ['It answers:\n', quoted(reply)]),
    ...(PICTURED[name] === undefined ? [] : [PICTURED[name]]),
    ...(await Promise.all(parts.map((part) => partReply(name, part)))).flat(),
  ].join('\n');
}

function localised(
  names: Readonly<Partial<Record<string, string | null>>> | null | undefined,
  show: (word: string) => string,
): string {
  return Object.entries(names ?? {})
    .map(([language, word]) => `${language} ${show(word ?? '')}`)
    .join(', ');
}

function isPart({ type }: APIApplicationCommandOption): boolean {
  return [ApplicationCommandOptionType.Subcommand, ApplicationCommandOptionType.SubcommandGroup].includes(
    type,
  );
}

async function partReply(command: string, { name }: APIApplicationCommandOption): Promise<string[]> {
  const reply = await sampleReply(command, name);
  return reply === undefined ? [] : [`\`/${command} ${name}\` answers:\n`, quoted(reply)];
}

function partRow(command: string, part: APIApplicationCommandOption): readonly string[] {
  const options = 'options' in part ? (part.options ?? []) : [];
  const listed = options.map((option) => `${nameOf(option)} ${option.description}`);
  return [`\`/${command} ${part.name}\``, part.description, listed.join('<br>')];
}

function nameOf(option: APIApplicationCommandOption): string {
  return `\`${'required' in option && option.required ? option.name : `[${option.name}]`}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

/** What Discord's clients make of mentions and moments. */
function shown(content: string): string {
  return content
    .replace(/<t:(\d+):R>/g, (_, at: string) =>
      at === '0' || Number(at) * 1000 >= NOW ? 'in 2 minutes' : '2 hours ago',
    )
    .replace(/<t:\d+:f>/g, '15 January 2027 08:00')
    .replace(/<@(\d+)>/g, (_, id: string) => `**@${NAMES[id] ?? 'somebody'}**`)
    .replace(/<@&\d+>/g, '**@artists**')
    .replace(/<#\d+>/g, '**#pictures**')
    .replace(/\]\(https[^)]*\)/g, '](#on-discord)')
    .replace(/^https:\/\/discord\.com\/\S+$/gm, '[#pictures › message](#on-discord)')
    .replace(/\|\|(.*?)\|\|/g, '▒▒ $1 ▒▒');
}

/** A message as a quotation, with its small print. */
function quoted(content: string): string {
  const lines = shown(content)
    .split('\n')
    .map((line) => (line.startsWith('-# ') ? `<sub>${line.slice(3)}</sub>` : line))
    .map((line) => `> ${line}`.trimEnd());
  // A line break of Discord's is one of Markdown's only with two spaces before it.
  return `${lines.join('  \n').trimEnd()}\n`;
}
