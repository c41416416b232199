import type { AuditEntry, DeedName } from '../../contracts/deed.js';
import type { Job } from '../../contracts/job.js';
import { insertAudit } from '../../ledger/audit.js';
import type { LedgerDatabase } from '../../ledger/schema.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { newId } from '../new-id.js';

interface Deed {
  readonly action: DeedName;
  readonly job?: Job;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What an act in one transaction has at hand. */
interface Act {
  readonly transaction: LedgerDatabase;
  /** Writes down what is done. */
  readonly note: (deed: Deed) => Promise<AuditEntry>;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * One transaction in which something is done and written down beside it; once it is committed, listeners hear of what was
 * written.
 */
export async function recorded<Result>(
  { ledger, clock, listeners }: JobsContext,
  actor: Actor,
  act: (act: Act) => Promise<Result>,
): Promise<Result> {
  const entries: AuditEntry[] = [];
  const at = clock.now();
  const result = await ledger.transaction().execute((transaction) =>
    act({
      transaction,
      at,
      async note({ action, job, detail = {} }) {
        const entry = {
          ...{ id: newId(), at, action, detail, jobId: job?.id ?? null },
          ...{ actorId: actor.userId, actorRole: actor.role, guildId: job?.guildId ?? actor.guildId },
        };
        await insertAudit(transaction, entry);
        entries.push(entry);
        return entry;
      },
    }),
  );
  for (const entry of entries) listeners.emit({ type: 'deed', entry });
  return result;
}
