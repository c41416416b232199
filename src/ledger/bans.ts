import type { Ban } from '../contracts/ban.js';
import { EVERYWHERE, type LedgerDatabase } from './schema.js';

/** Notes a ban; a second one of the same person in the same scope replaces the first. */
export async function insertBan(ledger: LedgerDatabase, ban: Ban): Promise<void> {
  const said = { reason: ban.reason, actor_id: ban.actorId, at: ban.at };
  await ledger
    .insertInto('bans')
    .values({ scope: ban.scope, user_id: ban.userId, ...said })
    .onConflict((conflict) => conflict.columns(['scope', 'user_id']).doUpdateSet(said))
    .execute();
}

/** @returns whether there was one. */
export async function deleteBan(ledger: LedgerDatabase, scope: string, userId: string): Promise<boolean> {
  const result = await ledger
    .deleteFrom('bans')
    .where('scope', '=', scope)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The ban that keeps a person from painting in a guild (or anywhere). */
export async function findBan(
  ledger: LedgerDatabase,
  { userId, guildId }: { readonly userId: string; readonly guildId: string | null },
): Promise<Ban | undefined> {
  const row = await ledger
    .selectFrom('bans')
    .selectAll()
    .where('user_id', '=', userId)
    .where('scope', 'in', guildId === null ? [EVERYWHERE] : [EVERYWHERE, guildId])
    .executeTakeFirst();
  return row && { scope: row.scope, userId, reason: row.reason, actorId: row.actor_id, at: row.at };
}

/** The bans of a scope, the newest first. */
export async function listBans(ledger: LedgerDatabase, scope: string): Promise<Ban[]> {
  const rows = await ledger
    .selectFrom('bans')
    .selectAll()
    .where('scope', '=', scope)
    .orderBy('at', 'desc')
    .execute();
  return rows.map((row) => ({
    scope,
    userId: row.user_id,
    reason: row.reason,
    actorId: row.actor_id,
    at: row.at,
  }));
}
