import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command } from 'commander';
import { commands, menus } from '../../commands/index.js';
import { createProgram } from '../../src/cli/create-program.js';
import { NOWHERE } from './nowhere.js';
import { shownAs } from '../../src/discord/asking/slash-options.js';
import { isOffered } from '../../src/discord/words/offered.js';
import { OPTION_NAMES, optionOf, spelled } from '../../src/requests/options.js';

const HEADER = `# Reference

Made from the code by \`npm run docs\`; a test fails when it is out of date.
`;

/** The text of docs/reference.md: what can be asked for, where, and how. */
export async function reference(): Promise<string> {
  const inMenus = menus.map(({ data }) => [`*${data.name}*`, 'in the menu of a message', '']);
  const slash = [...commands.flatMap(({ data }) => slashRows(data)), ...inMenus];
  return [
    HEADER,
    '## What a picture can be asked for\n',
    table(['option', 'is', 'by default', 'what it does', 'on Discord'], OPTION_NAMES.map(optionRow)),
    '## Discord\n',
    table(['command', 'what it does', 'options'], slash),
    '## Command line\n',
    ...subcommands(await createProgram(NOWHERE)).map(subcommandSection),
  ].join('\n');
}

function optionRow(name: (typeof OPTION_NAMES)[number]): readonly string[] {
  const option = optionOf(name);
  const byDefault = 'byDefault' in option ? String(option.byDefault) : '';
  const { kind, help } = option;
  return [
    code(spelled(name)),
    kind.form.is === 'picture' ? 'a picture' : kind.sentence,
    byDefault,
    help,
    isOffered(`imagine ${shownAs(name)}`) ? 'yes' : '',
  ];
}

type SlashBody = RESTPostAPIApplicationCommandsJSONBody;

function slashRows(data: SlashBody): (readonly string[])[] {
  const options: readonly APIApplicationCommandOption[] = ('options' in data && data.options) || [];
  const parts = options.filter((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const description = 'description' in data ? (data.description ?? '') : '';
  if (parts.length === 0) return [[code(`/${data.name}`), description, optionList(options)]];
  return parts.map((part) => [
    code(`/${data.name} ${part.name}`),
    part.description,
    optionList(part.options ?? []),
  ]);
}

function optionList(options: readonly APIApplicationCommandOption[]): string {
  return options
    .map((option) => {
      const isRequired = 'required' in option && option.required;
      return `${code(isRequired ? option.name : `[${option.name}]`)} ${option.description}`;
    })
    .join('<br>');
}

interface Subcommand {
  readonly path: string;
  readonly command: Command;
}

/** The subcommands that do something, those of others included. */
function subcommands(program: Command, path = program.name()): Subcommand[] {
  if (program.commands.length === 0) return [{ path, command: program }];
  return program.commands.flatMap((command) => subcommands(command, `${path} ${command.name()}`));
}

function subcommandSection({ path, command }: Subcommand): string {
  const rows = command.options.map(({ flags, description, defaultValue }) => {
    const isTold = ['string', 'number'].includes(typeof defaultValue);
    return [code(flags), `${description}${isTold ? ` (${defaultValue})` : ''}`];
  });
  const usage = `${path} ${command.usage()}`;
  const options = rows.length === 0 ? '' : table(['option', 'what it does'], rows);
  return `### ${path}\n\n${sentence(command.description())}\n\n\`\`\`sh\n${usage}\n\`\`\`\n${options && `\n${options}`}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

const code = (text: string) => `\`${text}\``;
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
