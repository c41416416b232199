import type { AuditEntry } from '../../src/ledger/audit.js';
import type { LedgerDatabase } from '../../src/ledger/schema.js';

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
