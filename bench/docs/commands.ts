import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { commands } from '../../commands/index.js';
import { BUTTON_VERBS } from '../../src/discord/asking/custom-id.js';
import { renderJob } from '../../src/discord/showing/render-job.js';
import { textFor } from '../../src/discord/words/text.js';
import { NAMES, NOW, sampleJob } from './sample-desk.js';
import { sampleReply } from './sample-replies.js';

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
    '## The commands\n',
    ...sections,
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
  const localised = Object.entries(data.name_localizations ?? {}).map(
    ([language, word]) => `${language} \`/${word}\``,
  );
  const who = permissions ? ' For moderators.' : '';
  const parts = options.filter(isPart);
  const reply = await sampleReply(name);
  return [
    `### /${name}\n`,
    `${description}.${who} In other languages: ${localised.join(', ')}.\n`,
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

/** A message as a quotation, with what Discord's clients make of mentions, moments and small print. */
function quoted(content: string): string {
  const lines = content
    .replace(/<t:(\d+):R>/g, (_, at: string) =>
      at === '0' || Number(at) * 1000 >= NOW ? 'in 2 minutes' : '2 hours ago',
    )
    .replace(/<t:\d+:f>/g, '15 January 2027 08:00')
    .replace(/<@(\d+)>/g, (_, id: string) => `**@${NAMES[id] ?? 'somebody'}**`)
    .replace(/\]\(https[^)]*\)/g, '](#on-discord)')
    .split('\n')
    .map((line) => (line.startsWith('-# ') ? `<sub>${line.slice(3)}</sub>` : line))
    .map((line) => `> ${line}`.trimEnd());
  // A line break of Discord's is one of Markdown's only with two spaces before it.
  return `${lines.join('  \n').trimEnd()}\n`;
}
