import type { Job } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import { findBan } from '../../ledger/bans.js';
import { countWaiting, findWaitingRerun } from '../../ledger/job-lists.js';
import { findJobByInteraction, insertJob } from '../../ledger/jobs.js';
import { isLedgerFull } from '../../ledger/open-ledger.js';
import type { LedgerDatabase } from '../../ledger/schema.js';
import { DiskFullError } from '../../store/disk-full.js';
import type { JobOrder } from '../api.js';
import type { JobsContext } from '../context.js';
import { enterLine } from './enter-line.js';
import { type JobLimits, limitsFor } from './limits.js';
import { newId } from '../new-id.js';

/** Commits a job's row, puts it in line and tells listeners; see `Jobs.accept`. */
export async function acceptJob(context: JobsContext, order: JobOrder): Promise<Job> {
  if (!context.isOpen || context.stopping.aborted)
    throw new UserError('The bot is restarting; ask again in a minute.');
  const known = await findJobByInteraction(context.ledger, order.interactionId);
  if (known !== undefined) return known;
  if (context.store.freeBytes() < context.limits.minFreeBytes) throw new DiskFullError();
  await context.store.reserve.take();
  const { job, isNew } = await commit(context, order).catch((error: unknown) => {
    throw isLedgerFull(error) ? new DiskFullError(error) : error;
  });
  if (!isNew) return job;
  context.crashPoint('row-written', job.id);
  context.listeners.emit({ type: 'state', job, from: null });
  enterLine(context, job);
  return job;
}

/** Rules and row in one transaction, so that two orders at a time cannot both be the last that fits. */
async function commit(
  { ledger, clock, nextTick, limits, line }: JobsContext,
  order: JobOrder,
): Promise<{ readonly job: Job; readonly isNew: boolean }> {
  // Of the whole line memory knows enough: counting ten thousand rows for every order would cost all others time.
  if (line.waiting >= limits.waiting) throw new UserError('The line is full; try again later.');
  const guildLimits = await limitsFor(ledger, { limits, guildId: order.guildId });
  return ledger.transaction().execute(async (transaction) => {
    const twin = await findJobByInteraction(transaction, order.interactionId);
    if (twin !== undefined) return { job: twin, isNew: false };
    await expectAllowed(transaction, { order, limits: guildLimits });
    const job = await insertJob(transaction, {
      id: newId(),
      interactionId: order.interactionId,
      userId: order.userId,
      guildId: order.guildId,
      channelId: order.channelId,
      locale: order.locale,
      request: order.request,
      parentJob: order.parentJob ?? null,
      priority: order.priority ?? 0,
      sequence: nextTick(),
      acceptedAt: clock.now(),
    });
    if (job === undefined) throw new Error(`Expected interaction ${order.interactionId} to be new.`);
    return { job, isNew: true };
  });
}

async function expectAllowed(
  ledger: LedgerDatabase,
  { order, limits }: { readonly order: JobOrder; readonly limits: JobLimits },
): Promise<void> {
  const { userId, guildId, parentJob } = order;
  const ban = await findBan(ledger, { userId, guildId });
  if (ban !== undefined) {
    throw new UserError(`You may not paint here${ban.reason === null ? '.' : `: ${ban.reason}`}`);
  }
  if (parentJob !== undefined && (await findWaitingRerun(ledger, { parentJob, userId })) !== undefined) {
    throw new UserError('You already have another version of this picture waiting in line.');
  }
  const waiting = await countWaiting(ledger, { userId, guildId });
  if (waiting.user >= limits.waitingPerUser) {
    const count = limits.waitingPerUser === 1 ? 'a picture' : `${limits.waitingPerUser} pictures`;
    throw new UserError(`You already have ${count} waiting in line; wait for one to start, or cancel one.`);
  }
  if (guildId !== null && waiting.guild >= limits.waitingPerGuild) {
    throw new UserError('This server already has as many pictures waiting as it may; try again later.');
  }
}
