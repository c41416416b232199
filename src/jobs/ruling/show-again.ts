import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { moveJob } from '../../ledger/jobs.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { pictureOf } from '../ending/picture-of.js';
import { expectJob } from './control.js';
import { expectMayCancel } from './rights.js';

/** See `Jobs.showAgain`. */
export async function showAgain(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const { ledger, store, listeners, outbox } = context;
  const job = await expectJob(ledger, id);
  expectMayCancel(actor, job);
  if ((await pictureOf(store, job)) === undefined) throw refused('noPictureKept');
  const move = { to: 'finishing', from: ['failed'], reason: null, endedAt: null, announced: false } as const;
  const finishing = await moveJob(ledger, id, move);
  // Pressed twice: it is on its way.
  if (finishing === undefined) return job;
  listeners.emit({ type: 'state', job: finishing, from: 'failed' });
  outbox.send(finishing);
  return finishing;
}
