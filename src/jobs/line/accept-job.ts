import type { Job } from '../../contracts/job.js';
import { RefusalError, refused } from '../../contracts/refusal.js';
import { findBan } from '../../ledger/bans.js';
import { countAccepted, countWaiting, findWaitingRerun } from '../../ledger/job-lists.js';
import { findJobByCause, insertJob } from '../../ledger/jobs.js';
import { isLedgerFull } from '../../ledger/open-ledger.js';
import type { LedgerDatabase } from '../../ledger/schema.js';
import type { JobOrder } from '../api.js';
import type { JobsContext } from '../context.js';
import { expectDecentWords } from './expect-decent-words.js';
import { enterLine } from './enter-line.js';
import { type JobLimits, limitsFor } from './limits.js';
import { newId } from '../new-id.js';

export const MINUTE_MS = 60_000;

/** Commits a job's row, puts it in line and tells listeners; see `Jobs.accept`. */
export async function acceptJob(context: JobsContext, order: JobOrder): Promise<Job> {
  if (context.stopping.aborted) throw refused('restarting');
  if (context.closedBy !== null) throw refused(context.closedBy);
  const known = await findJobByCause(context.ledger, order.causeId);
  if (known !== undefined) return known;
  if (context.store.freeBytes() < context.limits.minFreeBytes) throw refused('diskFull');
  await context.store.reserve.take();
  const { job, isNew } = await commit(context, order).catch((error: unknown) => {
    throw isLedgerFull(error) ? refused('diskFull', { cause: error }) : error;
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
  if (line.waiting >= limits.waiting) throw refused('lineFull');
  const guildLimits = await limitsFor(ledger, { limits, guildId: order.guildId });
  return ledger.transaction().execute(async (transaction) => {
    const twin = await findJobByCause(transaction, order.causeId);
    if (twin !== undefined) return { job: twin, isNew: false };
    await expectAllowed(transaction, { order, limits: guildLimits, now: clock.now() });
    const job = await insertJob(transaction, {
      id: newId(),
      causeId: order.causeId,
      userId: order.userId,
      guildId: order.guildId,
      channelId: order.channelId,
      locale: order.locale,
      request: order.request,
      parentJob: order.parentJob ?? null,
      savedState: order.savedState ?? null,
      priority: order.priority ?? 0,
      sequence: nextTick(),
      acceptedAt: clock.now(),
    });
    if (job === undefined) throw new Error(`Expected no job yet that ${order.causeId} asked for.`);
    return { job, isNew: true };
  });
}

async function expectAllowed(
  ledger: LedgerDatabase,
  { order, limits, now }: { readonly order: JobOrder; readonly limits: JobLimits; readonly now: number },
): Promise<void> {
  const { userId, guildId, parentJob } = order;
  expectDecentWords(order.request, limits.words);
  const ban = await findBan(ledger, { userId, guildId });
  if (ban !== undefined) {
    throw new RefusalError({ kind: 'banned', reason: ban.reason });
  }
  if (parentJob !== undefined && (await findWaitingRerun(ledger, { parentJob, userId })) !== undefined) {
    throw refused('rerunWaiting');
  }
  const waiting = await countWaiting(ledger, { userId, guildId });
  if (waiting.user >= limits.waitingPerUser) {
    throw new RefusalError({ kind: 'manyWaiting', limit: limits.waitingPerUser });
  }
  if (guildId !== null && waiting.guild >= limits.waitingPerGuild) {
    throw refused('serverFull');
  }
  const recent = await countAccepted(ledger, { userId, from: now - MINUTE_MS, to: now });
  if (recent >= limits.perMinute) throw new RefusalError({ kind: 'tooFast', limit: limits.perMinute });
}
