import { hasEnded, type Job } from '../../contracts/job.js';
import { RefusalError, refused } from '../../contracts/refusal.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { expectJob } from './control.js';
import { recorded } from './recorded.js';
import { expectMayCancel } from './rights.js';

/** See `Jobs.finishNow`. */
export async function finishNow(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const { ledger, running } = context;
  const job = await expectJob(ledger, id);
  expectMayCancel(actor, job);
  if (hasEnded(job)) throw new RefusalError({ kind: 'ended', state: job.state });
  if (job.state === 'finishing') throw new RefusalError({ kind: 'ended', state: 'finishing' });
  const painting = running.get(id);
  if (painting === undefined || painting.step === 0) throw refused('notBegun');
  if (job.userId !== actor.userId) {
    await recorded(context, actor, ({ note }) =>
      note({ action: 'finish', job, detail: { owner: job.userId } }),
    );
  }
  painting.finishEarly.abort();
  return job;
}
