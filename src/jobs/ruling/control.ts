import { hasEnded, type Job } from '../../contracts/job.js';
import { type Refusal, RefusalError, refused } from '../../contracts/refusal.js';
import { insertAudit } from '../../ledger/audit.js';
import { deleteBan, findBan, insertBan } from '../../ledger/bans.js';
import { lastTurnOf } from '../../ledger/job-lists.js';
import { cancelWaiting, findJob, moveJob, noteJob, type WaitingScope } from '../../ledger/jobs.js';
import { EVERYWHERE, type LedgerDatabase } from '../../ledger/schema.js';
import { setSetting } from '../../ledger/settings.js';
import type { Actor, BanOrder, Unbanned } from '../api.js';
import type { JobsContext } from '../context.js';
import { dropPicture } from '../keeping/drop-file.js';
import { leaveLine } from '../line/enter-line.js';
import { newId } from '../new-id.js';
import { expectMayCancel, expectModeratorOf, expectOperator, scopeOf } from './rights.js';

const REMOVED = { kind: 'byModerator' } as const satisfies Refusal;

interface Deed {
  readonly action:
    | 'remove'
    | 'delete'
    | 'finish'
    | 'clear'
    | 'pause'
    | 'resume'
    | 'prioritise'
    | 'ban'
    | 'unban';
  readonly job?: Job;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Writes what a moderator did beside what it did: call it in the same transaction. */
export function audit(
  ledger: LedgerDatabase,
  actor: Actor,
  { at, action, job, detail = {} }: Deed & { readonly at: number },
): Promise<void> {
  return insertAudit(ledger, {
    id: newId(),
    at,
    actorId: actor.userId,
    actorRole: actor.role,
    guildId: job?.guildId ?? actor.guildId,
    action,
    jobId: job?.id ?? null,
    detail,
  });
}

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
  return job.userId === actor.userId
    ? end(context, job, { reason: { kind: 'byOwner' } })
    : remove(context, job, actor);
}

/** See `Jobs.remove`. */
export async function removeJob(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const job = await expectJob(context.ledger, id);
  expectModeratorOf(actor, job);
  if (hasEnded(job)) throw new RefusalError({ kind: 'ended', state: job.state });
  return remove(context, job, actor);
}

function remove(context: JobsContext, job: Job, actor: Actor): Promise<Job> {
  const deed = { action: 'remove', job, detail: { owner: job.userId } } as const;
  return end(context, job, { reason: REMOVED, by: (ledger, at) => audit(ledger, actor, { ...deed, at }) });
}

interface CancelReason {
  readonly reason: Refusal;
  readonly by?: (ledger: LedgerDatabase, at: number) => Promise<void>;
}

/** Cancels a job that has not ended; a picture it had already is let go. */
async function end(context: JobsContext, { id }: Job, { reason, by }: CancelReason): Promise<Job> {
  const { ledger, clock } = context;
  const endedAt = clock.now();
  const [before, cancelled] = await ledger.transaction().execute(async (transaction) => {
    const current = await expectJob(transaction, id);
    const moved = await moveJob(transaction, id, { to: 'cancelled', reason, endedAt, result: null });
    if (moved !== undefined) await by?.(transaction, endedAt);
    return [current, moved];
  });
  if (cancelled === undefined) return before;
  letGo(context, cancelled, before.state);
  if (before.result !== null) await dropPicture(context, before.result.sha256);
  return cancelled;
}

/** Takes a cancelled job out of line or off its lane, and has its end shown. */
function letGo(context: JobsContext, job: Job, from: Job['state']): void {
  leaveLine(context, job.id);
  context.running.get(job.id)?.cancel.abort();
  context.listeners.emit({ type: 'state', job, from });
  context.outbox.send(job);
}

/** See `Jobs.clear`. */
export async function clearLine(context: JobsContext, actor: Actor): Promise<number> {
  const scope = scopeOf(actor);
  return cancelAll(context, scope === EVERYWHERE ? {} : { guildId: scope }, (ledger, at, count) =>
    audit(ledger, actor, { at, action: 'clear', detail: { count } }),
  );
}

async function cancelAll(
  context: JobsContext,
  scope: WaitingScope,
  record: (ledger: LedgerDatabase, at: number, count: number) => Promise<void>,
): Promise<number> {
  const endedAt = context.clock.now();
  const cancelled = await context.ledger.transaction().execute(async (transaction) => {
    const jobs = await cancelWaiting(transaction, scope, { reason: REMOVED, endedAt });
    await record(transaction, endedAt, jobs.length);
    return jobs;
  });
  for (const job of cancelled) letGo(context, job, 'queued');
  return cancelled.length;
}

/** Begins or ends a pause; see `Jobs.pause`. */
export async function setPaused(
  context: JobsContext,
  actor: Actor,
  isPaused: boolean,
): Promise<{ readonly stillHeld: boolean }> {
  const scope = scopeOf(actor);
  await context.ledger.transaction().execute(async (transaction) => {
    await setSetting(transaction, scope, { name: 'paused', value: isPaused });
    await audit(transaction, actor, { at: context.clock.now(), action: isPaused ? 'pause' : 'resume' });
  });
  holdBack(context, scope, isPaused);
  return { stillHeld: context.pausedScopes.has(EVERYWHERE) };
}

/** Holds a scope's waiting jobs back, or lets them go on. */
export function holdBack(
  { line, listeners, pausedScopes }: JobsContext,
  scope: string,
  isPaused: boolean,
): void {
  if (isPaused) pausedScopes.add(scope);
  else pausedScopes.delete(scope);
  if (scope === EVERYWHERE) line.holdEverything(isPaused);
  else if (isPaused) line.hold(scope);
  else line.release(scope);
  listeners.lineChanged();
}

/** See `Jobs.setPriority`; `choose` sees the classes of all that wait. */
export async function prioritise(
  context: JobsContext,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  choose: (waiting: readonly number[]) => number,
): Promise<Job> {
  expectOperator(actor);
  const { ledger, clock, line, waiting, listeners } = context;
  const job = await expectJob(ledger, id);
  const others = [...waiting.values()].filter((other) => other.job.id !== id && other.job.state === 'queued');
  const priority = choose(others.map((other) => other.job.priority));
  const moved = await ledger.transaction().execute(async (transaction) => {
    const noted = await noteJob(transaction, id, { states: ['queued'], note: { priority } });
    const detail = { from: job.priority, to: priority };
    if (noted !== undefined) {
      await audit(transaction, actor, { at: clock.now(), action: 'prioritise', job, detail });
    }
    return noted;
  });
  const waits = waiting.get(id);
  if (moved === undefined || waits === undefined) throw refused('notWaiting');
  waits.job = moved;
  const userTurn = await lastTurnOf(ledger, { userId: job.userId, priority });
  line.setPriority(id, priority, userTurn);
  listeners.lineChanged();
  return moved;
}

/** See `Jobs.ban`. */
export async function banPerson(
  context: JobsContext,
  { userId, reason }: BanOrder,
  actor: Actor,
): Promise<void> {
  const scope = scopeOf(actor);
  const guild = scope === EVERYWHERE ? {} : { guildId: scope };
  await cancelAll(context, { ...guild, userId }, async (ledger, at, count) => {
    await insertBan(ledger, { scope, userId, reason: reason ?? null, actorId: actor.userId, at });
    await audit(ledger, actor, { at, action: 'ban', detail: { userId, reason, count } });
  });
}

/** See `Jobs.unban`. */
export async function unbanPerson(context: JobsContext, userId: string, actor: Actor): Promise<Unbanned> {
  const scope = scopeOf(actor);
  return context.ledger.transaction().execute(async (transaction) => {
    const wasBanned = await deleteBan(transaction, scope, userId);
    const deed = { action: 'unban', detail: { userId } } as const;
    if (wasBanned) await audit(transaction, actor, { ...deed, at: context.clock.now() });
    const guildId = scope === EVERYWHERE ? null : scope;
    return { wasBanned, stillBanned: (await findBan(transaction, { userId, guildId })) !== undefined };
  });
}
