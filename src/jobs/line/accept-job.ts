import type { Job } from '../../contracts/job.js';
import type { PaintRequest } from '../../contracts/paint-request.js';
import { refused } from '../../contracts/refusal.js';
import { findJobByCause, insertJob } from '../../ledger/jobs.js';
import { isLedgerFull } from '../../ledger/open-ledger.js';
import type { JobOrder } from '../api.js';
import type { JobsContext } from '../context.js';
import { enterLine } from './enter-line.js';
import { expectAllowed } from './expect-allowed.js';
import { limitsFor } from './limits.js';
import { newId } from '../new-id.js';

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
  const { guildId, userId, standing } = order;
  const ruling = await limitsFor(ledger, { limits, guildId, userId });
  return ledger.transaction().execute(async (transaction) => {
    const twin = await findJobByCause(transaction, order.causeId);
    if (twin !== undefined) return { job: twin, isNew: false };
    await expectAllowed(transaction, { order, limits: ruling, now: clock.now() });
    const job = await insertJob(transaction, {
      id: newId(),
      causeId: order.causeId,
      userId: order.userId,
      guildId: order.guildId,
      channelId: order.channelId,
      isAgeRestricted: standing?.isAgeRestricted ?? false,
      locale: ruling.language === 'own' ? order.locale : ruling.language,
      request: inPace(order.request, ruling.frameSeconds),
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

/** Frames come no faster than the place allows. */
function inPace(request: PaintRequest, frameSeconds: number): PaintRequest {
  const { everyMs } = request.frames;
  if (everyMs === undefined) return request;
  return { ...request, frames: { ...request.frames, everyMs: Math.max(everyMs, frameSeconds * 1000) } };
}
