import { ENDED_STATES, hasEnded, type Job } from '../../contracts/job.js';
import { type Refusal, refused } from '../../contracts/refusal.js';
import { findJob, moveJob, noteJob } from '../../ledger/jobs.js';
import { unwantCopies } from '../../ledger/messages.js';
import type { LedgerDatabase } from '../../ledger/schema.js';
import type { Actor, Discarded } from '../api.js';
import type { JobsContext } from '../context.js';
import { dropFiles } from '../keeping/drop-file.js';
import { leaveLine } from '../line/enter-line.js';
import { recorded } from './recorded.js';
import { expectMayCancel, expectModeratorOf } from './rights.js';

export const REMOVED = { kind: 'byModerator' } as const satisfies Refusal;

/** @throws UserError when there is none. */
export async function expectJob(ledger: LedgerDatabase, id: string): Promise<Job> {
  const job = await findJob(ledger, id);
  if (job === undefined) throw refused('noSuchPicture');
  return job;
}

/** See `Jobs.cancel`. */
export async function cancelJob(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const job = await expectJob(context.ledger, id);
  expectMayCancel(actor, job);
  const { before, after } = await end(context, id, actor);
  return after ?? before;
}

/** See `Jobs.discard`. */
export async function discardJob(context: JobsContext, id: string, actor: Actor): Promise<Discarded> {
  const job = await expectJob(context.ledger, id);
  expectMayCancel(actor, job);
  // It may be done by the time it would be cancelled.
  if (!hasEnded(job) && (await end(context, id, actor)).after !== undefined) return 'cancelled';
  let hasCopies = false;
  const before = await recorded(context, actor, async ({ transaction, note }) => {
    const current = await expectJob(transaction, id);
    hasCopies = await unwantCopies(transaction, current);
    await noteJob(transaction, id, { states: ENDED_STATES, note: FORGOTTEN });
    if (current.userId !== actor.userId) {
      await note({ action: 'delete', job: current, detail: { owner: current.userId } });
    }
    return current;
  });
  await dropFiles(context, before);
  if (hasCopies) context.listeners.emit({ type: 'unwanted' });
  return 'released';
}

/** See `Jobs.remove`. */
export async function removeJob(context: JobsContext, id: string, actor: Actor): Promise<Discarded> {
  expectModeratorOf(actor, await expectJob(context.ledger, id));
  return discardJob(context, id, actor);
}

/** What a row forgets of a job that was taken away: the words as well as the picture. */
export const FORGOTTEN = { result: null, words: null, savedState: null } as const;

/**
 * Cancels a job that has not ended; a picture it had already is let go. Of somebody else's the row keeps no words: what
 * was removed is not to be read on, nor to be painted again.
 */
async function end(context: JobsContext, id: string, actor: Actor) {
  const ended = await recorded(context, actor, async ({ transaction, note, at: endedAt }) => {
    const before = await expectJob(transaction, id);
    const isOwn = before.userId === actor.userId;
    const reason: Refusal = isOwn ? { kind: 'byOwner' } : REMOVED;
    const moved = await moveJob(transaction, id, { to: 'cancelled', reason, endedAt, result: null });
    if (moved === undefined || isOwn) return { before, after: moved };
    await note({ action: 'remove', job: before, detail: { owner: before.userId } });
    return { before, after: await noteJob(transaction, id, { states: ['cancelled'], note: FORGOTTEN }) };
  });
  const { before, after } = ended;
  if (after !== undefined) {
    letGo(context, after, before.state);
    await dropFiles(context, before);
  }
  return ended;
}

/** Takes a cancelled job out of line or off its lane, and has its end shown. */
export function letGo(context: JobsContext, job: Job, from: Job['state']): void {
  leaveLine(context, job.id);
  context.running.get(job.id)?.cancel.abort();
  context.listeners.emit({ type: 'state', job, from });
  context.outbox.send(job);
}
