import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { moveJob } from '../../ledger/jobs.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { pictureOf } from '../ending/picture-of.js';
import { expectJob } from './control.js';
import { recorded } from './recorded.js';
import { expectMayCancel, isModeratorOf } from './rights.js';

/** See `Jobs.showAgain`. */
export async function showAgain(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const { ledger, store, listeners, outbox } = context;
  const job = await expectJob(ledger, id);
  const isHeldBack = job.reason?.kind === 'adult';
  if (isHeldBack && !isModeratorOf(actor, job)) throw refused('heldBack');
  expectMayCancel(actor, job);
  if ((await pictureOf(store, job)) === undefined) throw refused('noPictureKept');
  const move = { to: 'finishing', from: ['failed'], reason: null, endedAt: null, announced: false } as const;
  const finishing = await recorded(context, actor, async ({ transaction, note }) => {
    const moved = await moveJob(transaction, id, move);
    if (moved && isHeldBack) await note({ action: 'release', job, detail: { owner: job.userId } });
    return moved;
  });
  // Pressed twice: it is on its way.
  if (finishing === undefined) return job;
  listeners.emit({ type: 'state', job: finishing, from: 'failed' });
  outbox.send(finishing);
  return finishing;
}
