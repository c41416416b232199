import type { Job } from '../../contracts/job.js';
import type { Refusal } from '../../contracts/refusal.js';
import { type JobMove, moveJob } from '../../ledger/jobs.js';
import type { JobsContext } from '../context.js';
import { dropState } from '../keeping/drop-file.js';
import { persist } from '../keeping/persist.js';

/** A move with which the painting of a job is over. */
export type EndMove = JobMove & { readonly to: 'finishing' | 'failed' | 'cancelled' };

/**
 * Moves a job out of the painters' hands, tells listeners and has it shown.
 *
 * @returns the job as it then is; undefined when somebody ended it first.
 */
export async function endPainting(context: JobsContext, id: string, move: EndMove): Promise<Job | undefined> {
  const { ledger, listeners, outbox, crashPoint } = context;
  const from = context.running.get(id)?.job.state ?? 'painting';
  const job = await persist(context, () => moveJob(ledger, id, move));
  if (job === undefined) return undefined;
  if (move.to === 'finishing') crashPoint('finishing', id);
  listeners.emit({ type: 'state', job, from });
  outbox.send(job);
  // A picture that is there can be gone on with.
  if (job.savedState !== null && move.to !== 'finishing') await dropState(context, job.savedState);
  return job;
}

export async function fail(context: JobsContext, id: string, reason: Refusal): Promise<void> {
  await endPainting(context, id, { to: 'failed', reason, endedAt: context.clock.now() });
}
