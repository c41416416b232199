import { type Preferences, preferencesSchema } from '../contracts/preferences.js';
import type { LedgerDatabase } from './schema.js';

/** What a person chose, or what holds for everybody who chose nothing. */
export async function findPreferences(ledger: LedgerDatabase, userId: string): Promise<Preferences> {
  const row = await ledger
    .selectFrom('preferences')
    .select('value')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return read(row?.value) ?? preferencesSchema.parse({});
}

export async function setPreferences(
  ledger: LedgerDatabase,
  userId: string,
  preferences: Preferences,
): Promise<void> {
  const value = JSON.stringify(preferences);
  await ledger
    .insertInto('preferences')
    .values({ user_id: userId, value })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ value }))
    .execute();
}

/** Undefined where they were never chosen, or cannot be read: then what holds for everybody holds. */
function read(value: string | undefined): Preferences | undefined {
  try {
    return preferencesSchema.safeParse(JSON.parse(value ?? '')).data;
  } catch {
    return undefined;
  }
}
