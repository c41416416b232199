import { z } from 'zod';
import { EVERYWHERE, type LedgerDatabase } from './schema.js';

/** What can be set for a guild, or for everywhere; everything optional. */
export const SETTINGS = {
  /** Whether waiting jobs are held back. */
  paused: z.boolean(),
  /** How many jobs of one person may wait. */
  waitingPerUser: z.int().min(1),
  /** How many jobs may wait in the guild. */
  waitingPerGuild: z.int().min(1),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]?: z.output<(typeof SETTINGS)[Name]> };

/** The settings of a guild over those that hold everywhere. */
export async function settingsFor(ledger: LedgerDatabase, guildId: string | null): Promise<Settings> {
  const rows = await ledger
    .selectFrom('settings')
    .selectAll()
    .where('scope', 'in', guildId === null ? [EVERYWHERE] : [EVERYWHERE, guildId])
    .execute();
  const byScope = rows.sort((a, b) => Number(b.scope === EVERYWHERE) - Number(a.scope === EVERYWHERE));
  return Object.fromEntries(byScope.map(({ name, value }) => [name, parse(name, value)]));
}

export async function setSetting<Name extends SettingName>(
  ledger: LedgerDatabase,
  scope: string,
  { name, value }: { readonly name: Name; readonly value: Settings[Name] },
): Promise<void> {
  const row = { scope, name, value: JSON.stringify(SETTINGS[name].parse(value)) };
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

/** A setting of a name this version does not know is left alone. */
function parse(name: string, value: string): unknown {
  return name in SETTINGS ? SETTINGS[name as SettingName].parse(JSON.parse(value)) : undefined;
}
