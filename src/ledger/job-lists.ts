import { sql } from 'kysely';
import { ENDED_STATES, type Job, type JobState } from '../contracts/job.js';
import { namesIn, toJobs } from './job-row.js';
import type { LedgerDatabase } from './schema.js';
import type { UnreadableRow } from './unreadable-row.js';

/** Jobs in a state, in order of acceptance. */
export async function listJobs(
  ledger: LedgerDatabase,
  state: JobState,
  onUnreadable?: (row: UnreadableRow) => void,
): Promise<Job[]> {
  const rows = await ledger
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', state)
    .orderBy('sequence')
    .execute();
  return toJobs(rows, onUnreadable);
}

/** Failed and cancelled jobs whose message does not say so yet. */
export async function listUnannounced(
  ledger: LedgerDatabase,
  onUnreadable?: (row: UnreadableRow) => void,
): Promise<Job[]> {
  const rows = await ledger
    .selectFrom('jobs')
    .selectAll()
    .where('state', 'in', ENDED_STATES)
    .where('announced', '=', 0)
    .orderBy('sequence')
    .execute();
  return toJobs(rows, onUnreadable);
}

/** A user's last turn in a priority class. */
export interface LastTurn {
  readonly userId: string;
  readonly priority: number;
  readonly turn: number;
}

/** Whose turn a job takes. */
const TAKER = sql<string>`coalesce(turn_of, user_id)`;

/** The last turns of everyone who waits. */
export async function listLastTurns(ledger: LedgerDatabase): Promise<LastTurn[]> {
  const rows = await ledger
    .selectFrom('jobs')
    .select(({ fn }) => [TAKER.as('taker'), 'priority', fn.max('turn').as('turn')])
    .where('turn', 'is not', null)
    .where(TAKER, 'in', ({ selectFrom }) =>
      selectFrom('jobs as waiting').select(TAKER.as('taker')).where('waiting.state', '=', 'queued'),
    )
    .groupBy([TAKER, 'priority'])
    .execute();
  return rows.map(({ taker, priority, turn }) => ({ userId: taker, priority, turn: Number(turn) }));
}

export async function lastTurnOf(
  ledger: LedgerDatabase,
  { userId, priority }: { readonly userId: string; readonly priority: number },
): Promise<number> {
  const row = await ledger
    .selectFrom('jobs')
    .select(({ fn }) => fn.max('turn').as('turn'))
    .where(TAKER, '=', userId)
    .where('priority', '=', priority)
    .executeTakeFirst();
  return Number(row?.turn ?? 0);
}

/** The highest number any acceptance or turn ever had. */
export async function lastTick(ledger: LedgerDatabase): Promise<number> {
  const row = await ledger
    .selectFrom('jobs')
    .select(({ fn }) => [fn.max('sequence').as('sequence'), fn.max('turn').as('turn')])
    .executeTakeFirst();
  return Math.max(Number(row?.sequence ?? 0), Number(row?.turn ?? 0));
}

/** The waiting reruns of a job by the same person. */
export async function listWaitingReruns(
  ledger: LedgerDatabase,
  { parentJob, userId }: { readonly parentJob: string; readonly userId: string },
): Promise<Job[]> {
  const rows = await ledger
    .selectFrom('jobs')
    .selectAll()
    .where('parent_job', '=', parentJob)
    .where('user_id', '=', userId)
    .where('state', '=', 'queued')
    .execute();
  return toJobs(rows, () => undefined);
}

/** Names in the store that rows still need: pictures to publish, states to continue from. */
export async function listNeededNames(ledger: LedgerDatabase): Promise<Set<string>> {
  const rows = await ledger
    .selectFrom('jobs')
    .select(['saved_state', 'result', 'request'])
    .where('state', 'in', ['queued', 'painting', 'finishing'])
    .execute();
  return new Set(rows.flatMap(namesIn));
}

/** Whether a job would continue from a state, or its finished picture could be gone on with. */
export async function isStateNeeded(ledger: LedgerDatabase, savedState: string): Promise<boolean> {
  const row = await ledger
    .selectFrom('jobs')
    .select('id')
    .where('saved_state', '=', savedState)
    .where('state', 'in', ['queued', 'painting', 'finishing', 'done'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether any job shows a picture, or a living one would paint from it. */
export async function isPictureNeeded(ledger: LedgerDatabase, sha256: string): Promise<boolean> {
  const shown = await ledger
    .selectFrom('jobs')
    .select('id')
    .where(sql`json_extract(result, '$.sha256')`, '=', sha256)
    .executeTakeFirst();
  if (shown !== undefined) return true;
  const named = await ledger
    .selectFrom('jobs')
    .select('id')
    .where('state', 'in', ['queued', 'painting'])
    .where('request', 'like', `%${sha256}%`)
    .executeTakeFirst();
  return named !== undefined;
}

/** Whether any row names something in the store, however damaged it is. Looks at every row. */
export async function isNamed(ledger: LedgerDatabase, name: string): Promise<boolean> {
  const row = await ledger
    .selectFrom('jobs')
    .select('id')
    .where(({ or, eb }) =>
      or([
        eb('saved_state', '=', name),
        eb('result', 'like', `%${name}%`),
        eb('request', 'like', `%${name}%`),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Jobs that have a picture, one person's or everybody's, the newest first. */
export async function listPictures(
  ledger: LedgerDatabase,
  { userId, limit }: { readonly userId?: string; readonly limit: number },
  onUnreadable: (row: UnreadableRow) => void,
): Promise<Job[]> {
  let query = ledger
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', 'done')
    .where('result', 'is not', null);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
  return toJobs(rows, onUnreadable);
}
