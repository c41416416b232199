import type { LedgerDatabase } from './schema.js';

/** What somebody with power did. */
export interface AuditEntry {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly actorId: string;
  readonly actorRole: string;
  readonly guildId: string | null;
  readonly action: string;
  readonly jobId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

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

/** The newest entries first; of one guild, or of all. */
export async function listAudit(
  ledger: LedgerDatabase,
  { guildId, limit }: { readonly guildId?: string; readonly limit: number },
): Promise<AuditEntry[]> {
  const all = ledger.selectFrom('audit').selectAll().orderBy('at', 'desc').limit(limit);
  const rows = await (guildId === undefined ? all : all.where('guild_id', '=', guildId)).execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    guildId: row.guild_id,
    action: row.action,
    jobId: row.job_id,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }));
}
