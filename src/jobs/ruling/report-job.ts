import type { AuditEntry } from '../../contracts/deed.js';
import { refused } from '../../contracts/refusal.js';
import { listReports } from '../../ledger/audit.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { expectJob } from './control.js';
import { recorded } from './recorded.js';

/** How many reports of one person are taken within so long. */
const MOST = 5;
const WITHIN_MS = 10 * 60_000;

/** See `Jobs.report`. */
export async function reportJob(
  context: JobsContext,
  { id, reason }: { readonly id: string; readonly reason: string },
  actor: Actor,
): Promise<AuditEntry> {
  const job = await expectJob(context.ledger, id);
  return recorded(context, { ...actor, role: 'member' }, async ({ transaction, note, at }) => {
    const earlier = await listReports(transaction, actor.userId);
    if (earlier.some(({ jobId }) => jobId === id)) throw refused('reportedAlready');
    if (earlier.filter((report) => at - report.at < WITHIN_MS).length >= MOST) throw refused('manyReports');
    return note({ action: 'report', job, detail: { owner: job.userId, reason } });
  });
}
