import { ENDED_STATES, hasEnded, type Job } from '../../contracts/job.js';
import { noteJob } from '../../ledger/jobs.js';
import type { Actor, Discarded } from '../api.js';
import type { JobsContext } from '../context.js';
import { audit, cancelJob, expectJob } from './control.js';
import { dropPicture, dropState } from '../keeping/drop-file.js';
import { expectMayCancel } from './rights.js';

/** See `Jobs.discard`. */
export async function discardJob(context: JobsContext, id: string, actor: Actor): Promise<Discarded> {
  const job = await expectJob(context.ledger, id);
  expectMayCancel(actor, job);
  // It may be done by the time it would be cancelled.
  const isCancelled = !hasEnded(job) && (await cancelJob(context, id, actor)).state === 'cancelled';
  if (isCancelled) return 'cancelled';
  await release(context, id, actor);
  return 'released';
}

/** The row forgets the picture, and the words it was painted from, first: of a crash in between remains a file that nobody names, for retention to find. */
async function release(context: JobsContext, id: string, actor: Actor): Promise<void> {
  const { ledger, clock } = context;
  const job: Job = await ledger.transaction().execute(async (transaction) => {
    const current = await expectJob(transaction, id);
    await noteJob(transaction, id, {
      states: ENDED_STATES,
      note: { result: null, words: null, savedState: null },
    });
    if (current.userId !== actor.userId) {
      const detail = { owner: current.userId };
      await audit(transaction, actor, { action: 'delete', job: current, detail, at: clock.now() });
    }
    return current;
  });
  if (job.result !== null) await dropPicture(context, job.result.sha256);
  if (job.savedState !== null) await dropState(context, job.savedState);
}
