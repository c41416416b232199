import { isDeepStrictEqual } from 'node:util';
import type { Job } from '../../contracts/job.js';
import type { PaintRequest } from '../../contracts/paint-request.js';
import { RefusalError, refused } from '../../contracts/refusal.js';
import { findBan } from '../../ledger/bans.js';
import { countAsked } from '../../ledger/asked.js';
import { listWaitingReruns } from '../../ledger/job-lists.js';
import { findJob } from '../../ledger/jobs.js';
import type { LedgerDatabase } from '../../ledger/schema.js';
import { stepsInAll } from '../../requests/sheet.js';
import type { JobOrder } from '../api.js';
import { expectDecentWords } from './expect-decent-words.js';
import type { JobLimits, limitsFor } from './limits.js';

interface Asking {
  readonly order: JobOrder;
  readonly limits: Awaited<ReturnType<typeof limitsFor>>;
  /** Epoch ms. */
  readonly now: number;
}

/** Every rule that a new job has to keep. @throws RefusalError for the first that it breaks. */
export async function expectAllowed(ledger: LedgerDatabase, asking: Asking): Promise<void> {
  const { order, limits } = asking;
  if (limits.draining) throw refused('draining');
  expectPlace(asking);
  expectDecentWords(order.request, limits);
  await expectNotBanned(ledger, order);
  expectModest(order.request, limits);
  await expectRepeatable(ledger, order);
  await expectTurn(ledger, asking);
}

/** @throws RefusalError with the reason that was given for the ban. */
export async function expectNotBanned(
  ledger: LedgerDatabase,
  person: Pick<JobOrder, 'userId' | 'guildId'>,
): Promise<void> {
  const ban = await findBan(ledger, person);
  if (ban !== undefined) throw new RefusalError({ kind: 'banned', reason: ban.reason });
}

/** Where painting is allowed, and to whom. */
function expectPlace({ order, limits: { channels, roles } }: Asking): void {
  const { channelId, guildId, standing } = order;
  if (guildId === null) return;
  const isHere = [channelId, standing?.parentChannelId].some((id) => id && channels.includes(id));
  if (channels.length > 0 && !isHere)
    throw new RefusalError({ kind: 'channelsOnly', channels: [...channels] });
  const hasRole = standing?.roleIds.some((id) => roles.includes(id)) ?? false;
  if (roles.length > 0 && !hasRole) throw new RefusalError({ kind: 'rolesOnly', roles: [...roles] });
}

/** @throws RefusalError where a request asks for more than is allowed, now. */
export function expectModest(
  request: PaintRequest,
  { maxSteps, maxSide }: Pick<JobLimits, 'maxSteps' | 'maxSide'>,
): void {
  if (stepsInAll(request) > maxSteps) throw new RefusalError({ kind: 'tooManySteps', limit: maxSteps });
  const side = Math.max(request.width, request.height);
  if (side > maxSide) throw new RefusalError({ kind: 'sideTooLong', limit: maxSide });
}

/** What was painted in private stays there; elsewhere it is repeated in its own server, or by its owner in private. */
async function expectRepeatable(ledger: LedgerDatabase, { parentJob, userId, guildId, request }: JobOrder) {
  if (parentJob === undefined) return;
  const parent = await findJob(ledger, parentJob);
  if (parent !== undefined && !mayRepeat(parent, { userId, guildId })) throw refused('privatePicture');
  const waiting = await listWaitingReruns(ledger, { parentJob, userId });
  const isOfSheet = parent?.request.count !== undefined;
  if (waiting.some((other) => isSame(other.request, request, isOfSheet))) throw refused('rerunWaiting');
}

/**
 * Whether two reruns come to the same: a seed is drawn anew each time, but for one picture of a sheet, which has its own.
 * Other words, more steps or a variation are something else.
 */
function isSame(one: PaintRequest, other: PaintRequest, isOfSheet: boolean): boolean {
  const isPicked = isOfSheet && one.count === undefined;
  return isDeepStrictEqual(wishIn(one), wishIn(other)) && (!isPicked || one.seed === other.seed);
}

/** What somebody decides in it; the pace of frames is the place's. */
const wishIn = ({ seed: _, frames: __, ...wish }: PaintRequest) => wish;

function mayRepeat(parent: Job, { userId, guildId }: Pick<JobOrder, 'userId' | 'guildId'>): boolean {
  if (guildId === null) return parent.userId === userId;
  return parent.guildId === guildId;
}

async function expectTurn(ledger: LedgerDatabase, { order, limits, now }: Asking): Promise<void> {
  const { userId, guildId, request } = order;
  const { count = 1 } = request;
  const { waiting, waitingInGuild, lastMinute, today } = await countAsked(ledger, { userId, guildId, now });
  if (waiting >= limits.waitingPerUser) {
    throw new RefusalError({ kind: 'manyWaiting', limit: limits.waitingPerUser });
  }
  if (guildId !== null && waitingInGuild >= limits.waitingPerServer) throw refused('serverFull');
  if (lastMinute + count > limits.perMinute)
    throw new RefusalError({ kind: 'tooFast', limit: limits.perMinute });
  if (today + count > limits.perDay) throw new RefusalError({ kind: 'enoughToday', limit: limits.perDay });
}
