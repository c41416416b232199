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
