import { z } from 'zod';
import type { AuditEntry } from '../contracts/deed.js';
import { parseOrKeep } from './parse-or-keep.js';
import type { LedgerDatabase } from './schema.js';

const detailSchema = z.record(z.string(), z.unknown());

export async function insertAudit(ledger: LedgerDatabase, entry: AuditEntry): Promise<void> {
  await ledger
    .insertInto('audit')
    .values({
      id: entry.id,
      at: entry.at,
      actor_id: entry.actorId,
      actor_role: entry.actorRole,
      guild_id: entry.guildId,
      action: entry.action,
      job_id: entry.jobId,
      detail: JSON.stringify(entry.detail),
    })
    .execute();
}

/** The newest entries of a guild, or of all; about one person when named, whether they did it or it was done to them. */
export async function listAudit(
  ledger: LedgerDatabase,
  {
    guildId,
    userId,
    limit,
  }: { readonly guildId: string | null; readonly userId?: string; readonly limit: number },
): Promise<AuditEntry[]> {
  let query = ledger.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  if (guildId !== null) query = query.where('guild_id', '=', guildId);
  if (userId !== undefined) {
    query = query.where(({ or, eb }) =>
      or([eb('actor_id', '=', userId), eb('detail', 'like', `%"${userId}"%`)]),
    );
  }
  return (await query.execute()).map((row) => ({
    id: row.id,
    at: row.at,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    guildId: row.guild_id,
    action: row.action,
    jobId: row.job_id,
    detail: detailSchema.catch({}).parse(parseOrKeep(row.detail)),
  }));
}

/** What somebody reported, as far as it is kept. */
export async function listReports(
  ledger: LedgerDatabase,
  userId: string,
): Promise<{ readonly jobId: string | null; readonly at: number }[]> {
  const rows = await ledger
    .selectFrom('audit')
    .select(['job_id', 'at'])
    .where('action', '=', 'report')
    .where('actor_id', '=', userId)
    .execute();
  return rows.map(({ job_id: jobId, at }) => ({ jobId, at }));
}

/** Takes away what was written down before a moment, of one guild when named. @returns how much it was. */
export async function forgetAudit(
  ledger: LedgerDatabase,
  { before, guildId }: { readonly before: number; readonly guildId?: string },
): Promise<number> {
  let query = ledger.deleteFrom('audit').where('at', '<', before);
  if (guildId !== undefined) query = query.where('guild_id', '=', guildId);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}
