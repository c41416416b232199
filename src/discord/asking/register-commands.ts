import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';

type Body = RESTPostAPIApplicationCommandsJSONBody;

export interface Registration {
  readonly rest: REST;
  readonly applicationId: string;
  /** Only this guild has the commands; everybody when absent. */
  readonly guildId: string | undefined;
  readonly commands: readonly Body[];
}

/** What Discord would be told, by the names of commands. */
export interface CommandDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Tells Discord the commands where those it has differ: it allows only 200 new ones a day, and people's clients reload
 * them at each change.
 *
 * @returns whether anything had to be told.
 */
export async function registerCommands(registration: Registration): Promise<boolean> {
  const { rest, commands } = registration;
  const { added, changed, removed } = await compareCommands(registration);
  if (added.length + changed.length + removed.length === 0) return false;
  await rest.put(routeOf(registration), { body: commands });
  return true;
}

/** How the commands differ from those that Discord has. */
export async function compareCommands(registration: Registration): Promise<CommandDifference> {
  const { rest, guildId, commands } = registration;
  const query = new URLSearchParams({ with_localizations: 'true' });
  const known = (await rest.get(routeOf(registration), { query })) as Body[];
  // Of a guild's own commands Discord does not say where they are offered.
  return differenceOf(guildId === undefined ? commands : commands.map(withoutPlaces), known);
}

function routeOf({ applicationId, guildId }: Registration) {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

function withoutPlaces({ contexts: _, integration_types: __, ...body }: Body): Body {
  return body;
}

/** A command is known by its name and where it is: typed, or in a menu. */
const isSame = (a: Body) => (b: Body) => a.name === b.name && (a.type ?? 1) === (b.type ?? 1);
const namesOf = (bodies: readonly Body[]) => bodies.map(({ name }) => name);

/** How wanted commands differ from known ones, in whatever order they stand. */
export function differenceOf(wanted: readonly Body[], known: readonly Body[]): CommandDifference {
  return {
    added: namesOf(wanted.filter((command) => !known.some(isSame(command)))),
    changed: namesOf(
      wanted.filter((command) => known.filter(isSame(command)).some((other) => !isCovered(command, other))),
    ),
    removed: namesOf(known.filter((command) => !wanted.some(isSame(command)))),
  };
}

/**
 * Whether all that `wanted` says stands in `known`, and `known` says nothing more than defaults and bookkeeping. Keys
 * whose value is empty, null or false mean the same as absent ones.
 */
function isCovered(wanted: unknown, known: unknown): boolean {
  if (isEmpty(wanted)) return isEmpty(known);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(known) &&
      wanted.length === known.length &&
      wanted.every((item, i) => isCovered(item, known[i]))
    );
  }
  if (!isRecord(wanted)) return wanted === known;
  if (!isRecord(known)) return false;
  const keys = new Set([...Object.keys(wanted), ...Object.keys(known)]);
  return [...keys].every((key) => BOOKKEEPING.has(key) || isCovered(wanted[key], known[key]));
}

/** What Discord adds to a command by itself. */
const BOOKKEEPING = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'name_localized',
  'description_localized',
]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return isRecord(value) && Object.keys(value).length === 0;
}
