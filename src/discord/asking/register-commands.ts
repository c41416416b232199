import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';

type Body = RESTPostAPIApplicationCommandsJSONBody;

export interface Registration {
  readonly rest: REST;
  readonly applicationId: string;
  /** Only this guild has the commands; everybody when absent. */
  readonly guildId: string | undefined;
  readonly commands: readonly Body[];
}

/**
 * Tells Discord the commands where those it has differ: it allows only 200 new ones a day, and people's clients reload
 * them at each change.
 *
 * @returns whether anything had to be told.
 */
export async function registerCommands({
  rest,
  applicationId,
  guildId,
  commands,
}: Registration): Promise<boolean> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const known = (await rest.get(route, { query })) as Body[];
  // Of a guild's own commands Discord does not say where they are offered.
  const wanted = guildId === undefined ? commands : commands.map(withoutPlaces);
  if (isSameSet(wanted, known)) return false;
  await rest.put(route, { body: commands });
  return true;
}

function withoutPlaces({ contexts: _, integration_types: __, ...body }: Body): Body {
  return body;
}

/** Whether Discord knows just these commands, in any order. */
export function isSameSet(wanted: readonly Body[], known: readonly Body[]): boolean {
  if (wanted.length !== known.length) return false;
  return wanted.every((command) => {
    const other = known.find(
      ({ name, type }) => name === command.name && (type ?? 1) === (command.type ?? 1),
    );
    return other !== undefined && isCovered(command, other);
  });
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
  if (value === undefined || value === null || value === false) return true;
  return isRecord(value) && Object.keys(value).length === 0;
}
