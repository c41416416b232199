import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { lastTurnOf } from '../../ledger/job-lists.js';
import { cancelWaiting, noteJob, type WaitingScope } from '../../ledger/jobs.js';
import { EVERYWHERE, type LedgerDatabase } from '../../ledger/schema.js';
import { setSetting } from '../../ledger/settings.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { expectJob, letGo, REMOVED } from './control.js';
import { recorded } from './recorded.js';
import { expectOperator, scopeOf } from './rights.js';

/** See `Jobs.clear`. */
export async function clearLine(context: JobsContext, actor: Actor): Promise<number> {
  const scope = scopeOf(actor);
  const cancelled = await recorded(context, actor, async ({ transaction, note, at }) => {
    const jobs = await cancelIn(transaction, scope === EVERYWHERE ? {} : { guildId: scope }, at);
    await note({ action: 'clear', detail: { count: jobs.length } });
    return jobs;
  });
  for (const job of cancelled) letGo(context, job, 'queued');
  return cancelled.length;
}

/** Cancels all that waits in a scope, in the rows only. */
export function cancelIn(
  transaction: LedgerDatabase,
  scope: WaitingScope,
  endedAt: number,
): Promise<readonly Job[]> {
  return cancelWaiting(transaction, scope, { reason: REMOVED, endedAt });
}

/** Begins or ends a pause; see `Jobs.pause`. Who lets the line go on lets it take in more, too. */
export async function setPaused(
  context: JobsContext,
  actor: Actor,
  isPaused: boolean,
): Promise<{ readonly stillHeld: boolean }> {
  const scope = scopeOf(actor);
  await recorded(context, actor, async ({ transaction, note }) => {
    await setSetting(transaction, scope, { name: 'paused', value: isPaused });
    if (!isPaused) await setSetting(transaction, scope, { name: 'draining', value: undefined });
    await note({ action: isPaused ? 'pause' : 'resume' });
  });
  holdBack(context, scope, isPaused);
  return { stillHeld: context.pausedScopes.has(EVERYWHERE) };
}

/** See `Jobs.drain`. */
export async function drainLine(context: JobsContext, actor: Actor): Promise<void> {
  const scope = scopeOf(actor);
  await recorded(context, actor, async ({ transaction, note }) => {
    await setSetting(transaction, scope, { name: 'draining', value: true });
    await note({ action: 'drain' });
  });
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
  const { ledger, line, waiting, listeners } = context;
  const job = await expectJob(ledger, id);
  const others = [...waiting.values()].filter((other) => other.job.id !== id && other.job.state === 'queued');
  const priority = choose(others.map((other) => other.job.priority));
  const moved = await recorded(context, actor, async ({ transaction, note }) => {
    const noted = await noteJob(transaction, id, { states: ['queued'], note: { priority } });
    const detail = { from: job.priority, to: priority };
    if (noted !== undefined) await note({ action: 'prioritise', job, detail });
    return noted;
  });
  const waits = waiting.get(id);
  if (moved === undefined || waits === undefined) throw refused('notWaiting');
  waits.job = moved;
  const userTurn = await lastTurnOf(ledger, { userId: job.turnOf, priority });
  line.setPriority(id, priority, userTurn);
  listeners.lineChanged();
  return moved;
}
