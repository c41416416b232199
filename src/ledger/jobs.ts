import { sql } from 'kysely';
import { JOB_TRANSITIONS, type Job, type JobResult, type JobState } from '../contracts/job.js';
import type { Refusal } from '../contracts/refusal.js';
import { type NewJob, queued, toJob, toJobs, toRow } from './job-row.js';
import type { LedgerDatabase } from './schema.js';

/**
 * Writes a job's row.
 *
 * @returns undefined when its cause already has one.
 */
export async function insertJob(ledger: LedgerDatabase, order: NewJob): Promise<Job | undefined> {
  const job = queued(order);
  const { numInsertedOrUpdatedRows } = await ledger
    .insertInto('jobs')
    .values(toRow(job))
    .onConflict((conflict) => conflict.column('cause_id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? job : undefined;
}

export async function findJob(ledger: LedgerDatabase, id: string): Promise<Job | undefined> {
  const row = await ledger.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toJob(row);
}

export async function findJobByCause(ledger: LedgerDatabase, causeId: string): Promise<Job | undefined> {
  const row = await ledger.selectFrom('jobs').selectAll().where('cause_id', '=', causeId).executeTakeFirst();
  return row && toJob(row);
}

/** A move to another state, with what the row learns by it. */
export interface JobMove {
  readonly to: Exclude<JobState, 'queued'>;
  readonly turn?: number;
  readonly attempts?: number;
  readonly startedAt?: number;
  /** Null takes it away, and so with the reason. */
  readonly endedAt?: number | null;
  readonly reason?: Refusal | null;
  /** Null takes it away. */
  readonly result?: JobResult | null;
  readonly announced?: boolean;
}

/**
 * Compare-and-set: moves a job if it still is where this move may come from.
 *
 * @returns the job as it then is; undefined when somebody else moved it first.
 */
export async function moveJob(ledger: LedgerDatabase, id: string, move: JobMove): Promise<Job | undefined> {
  const row = await ledger
    .updateTable('jobs')
    .set({
      state: move.to,
      ...(move.turn !== undefined && { turn: move.turn }),
      ...(move.attempts !== undefined && { attempts: move.attempts }),
      ...(move.startedAt !== undefined && { started_at: move.startedAt }),
      ...(move.endedAt !== undefined && { ended_at: move.endedAt }),
      ...(move.reason !== undefined && { reason: move.reason && JSON.stringify(move.reason) }),
      ...(move.result !== undefined && { result: move.result && JSON.stringify(move.result) }),
      ...(move.announced !== undefined && { announced: move.announced ? 1 : 0 }),
    })
    .where('id', '=', id)
    .where('state', 'in', JOB_TRANSITIONS[move.to])
    .returningAll()
    .executeTakeFirst();
  return row && toJob(row);
}

/** What changes about a job without moving it. */
export interface JobNote {
  readonly attempts?: number;
  readonly deaths?: number;
  readonly savedState?: string | null;
  readonly priority?: number;
  readonly result?: null;
  /** Takes its prompts out of the request. */
  readonly words?: null;
  readonly announced?: true;
}

/**
 * Notes something about a job that still is in one of the states.
 *
 * @returns the job as it then is; undefined when it has moved on.
 */
export async function noteJob(
  ledger: LedgerDatabase,
  id: string,
  { states, note }: { readonly states: readonly JobState[]; readonly note: JobNote },
): Promise<Job | undefined> {
  const row = await ledger
    .updateTable('jobs')
    .set({
      ...(note.attempts !== undefined && { attempts: note.attempts }),
      ...(note.deaths !== undefined && { deaths: note.deaths }),
      ...(note.savedState !== undefined && { saved_state: note.savedState }),
      ...(note.priority !== undefined && { priority: note.priority }),
      ...(note.result !== undefined && { result: note.result }),
      ...(note.words !== undefined && { request: sql<string>`json_set(request, '$.prompts', json('[]'))` }),
      ...(note.announced !== undefined && { announced: 1 }),
    })
    .where('id', '=', id)
    .where('state', 'in', states)
    .returningAll()
    .executeTakeFirst();
  return row && toJob(row);
}

/** Where a job stands in line, as its row has it. */
export interface SeatNote {
  readonly turnOf: string;
  readonly priority: number;
  readonly sequence: number;
}

/** Notes which seats jobs have after they exchanged them. */
export async function noteSeats(ledger: LedgerDatabase, seats: ReadonlyMap<string, SeatNote>): Promise<void> {
  // A sequence is unique, also between two statements: each first steps aside.
  const aside = ledger.updateTable('jobs').set({ sequence: sql<number>`-sequence` });
  await aside.where('id', 'in', [...seats.keys()]).execute();
  for (const [id, { turnOf, priority, sequence }] of seats) {
    const seat = { turn_of: turnOf, priority, sequence };
    await ledger.updateTable('jobs').set(seat).where('id', '=', id).execute();
  }
}

/** Which waiting jobs: of a guild or of all, of one person or of everybody. */
export interface WaitingScope {
  readonly guildId?: string;
  readonly userId?: string;
}

/** Cancels every waiting job in a scope, in one statement. @returns them. */
export async function cancelWaiting(
  ledger: LedgerDatabase,
  { guildId, userId }: WaitingScope,
  { reason, endedAt }: { readonly reason: Refusal; readonly endedAt: number },
): Promise<Job[]> {
  let query = ledger
    .updateTable('jobs')
    .set({ state: 'cancelled', reason: JSON.stringify(reason), ended_at: endedAt })
    .where('state', '=', 'queued');
  if (guildId !== undefined) query = query.where('guild_id', '=', guildId);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  // One that cannot be read is cancelled with the others, and told of at the next start.
  return toJobs(await query.returningAll().execute(), () => undefined);
}
