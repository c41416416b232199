import { z } from 'zod';
import { type Holder, RULES, type Rules } from '../contracts/rules.js';
import { EVERYWHERE, type LedgerDatabase } from './schema.js';

/** What can be set for a scope: the rules, and the states of a line. */
const SETTINGS: Readonly<Record<string, { readonly schema: z.ZodType }>> = {
  ...RULES,
  /** Whether waiting jobs are held back. */
  paused: { schema: z.boolean() },
  /** Whether nothing more is accepted. */
  draining: { schema: z.boolean() },
};

export type Settings = Partial<Rules> & { readonly paused?: boolean; readonly draining?: boolean };
type SettingName = keyof Settings;

/** The scope of what is set for a holder, as rows name it. */
export function scopeFor({ guildId, userId }: Holder): string {
  const place = guildId ?? EVERYWHERE;
  return userId === undefined ? place : `${place}/${userId}`;
}

/** What holds for a person in a guild: what is set for them there, for the guild, for them everywhere, for everybody. */
export async function settingsFor(ledger: LedgerDatabase, { guildId, userId }: Holder): Promise<Settings> {
  const everybody = { guildId: null };
  const holders: Holder[] = [everybody, { guildId: null, userId }, { guildId }, { guildId, userId }];
  const scopes = [...new Set(holders.map(scopeFor))];
  const rows = await ledger.selectFrom('settings').selectAll().where('scope', 'in', scopes).execute();
  const byScope = rows.sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
  return read(byScope);
}

/** Sets one thing for a scope; `undefined` takes it away. */
export async function setSetting<Name extends SettingName>(
  ledger: LedgerDatabase,
  scope: string,
  { name, value }: { readonly name: Name; readonly value: Settings[Name] | undefined },
): Promise<void> {
  if (value === undefined) {
    await ledger.deleteFrom('settings').where('scope', '=', scope).where('name', '=', name).execute();
    return;
  }
  const row = { scope, name, value: JSON.stringify(SETTINGS[name]?.schema.parse(value)) };
  await ledger
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet({ value: row.value }))
    .execute();
}

/** The scopes (guilds' ids, or `*`) that are paused. */
export async function listPausedScopes(ledger: LedgerDatabase): Promise<string[]> {
  const rows = await ledger
    .selectFrom('settings')
    .select('scope')
    .where('name', '=', 'paused')
    .where('value', '=', 'true')
    .execute();
  return rows.map(({ scope }) => scope);
}

/** People for whom something of their own is set in a scope. */
export async function listPersonalSettings(
  ledger: LedgerDatabase,
  scope: string,
): Promise<{ readonly userId: string; readonly rules: Partial<Rules> }[]> {
  const rows = await ledger
    .selectFrom('settings')
    .selectAll()
    .where('scope', 'like', `${scope}/%`)
    .orderBy('scope')
    .execute();
  const scopes = [...new Set(rows.map((row) => row.scope))];
  return scopes.map((own) => ({
    userId: own.slice(scope.length + 1),
    rules: read(rows.filter((row) => row.scope === own)),
  }));
}

/** The guilds that keep pictures for another time than the operator, with their days. */
export async function listRetentions(ledger: LedgerDatabase): Promise<ReadonlyMap<string, number>> {
  const rows = await ledger
    .selectFrom('settings')
    .selectAll()
    .where('name', '=', 'retentionDays')
    .where('scope', '!=', EVERYWHERE)
    .execute();
  return new Map(rows.map(({ scope, value }) => [scope, Number(value)]));
}

/** Settings of a known name whose value is none. */
export async function listUnreadableSettings(
  ledger: LedgerDatabase,
): Promise<{ readonly scope: string; readonly name: string }[]> {
  const rows = await ledger
    .selectFrom('settings')
    .selectAll()
    .where('name', 'in', Object.keys(SETTINGS))
    .execute();
  return rows.filter(({ name, value }) => parse(name, value) === undefined);
}

/** Later rows go over earlier ones; a name or a value that this version does not know is left alone. */
function read(rows: readonly { readonly name: string; readonly value: string }[]): Settings {
  const known = rows.flatMap(({ name, value }) => {
    const parsed = parse(name, value);
    return parsed === undefined ? [] : [[name, parsed] as const];
  });
  return Object.fromEntries(known);
}

/** Undefined for what is no setting, or holds something else than it should. */
function parse(name: string, value: string): unknown {
  if (!Object.hasOwn(SETTINGS, name)) return undefined;
  try {
    return SETTINGS[name]?.schema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
