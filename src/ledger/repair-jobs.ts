import { sql } from 'kysely';
import { JOB_STATES } from '../contracts/job.js';
import { paintRequestSchema } from '../contracts/paint-request.js';
import type { Refusal } from '../contracts/refusal.js';
import { type JobRow, toJob } from './job-row.js';
import type { LedgerDatabase } from './schema.js';
import { UnreadableRow } from './unreadable-row.js';

const REASON: Refusal = { kind: 'unreadable' };

/** Stands where a request could not be read; nobody paints it. */
const NO_REQUEST = JSON.stringify(
  paintRequestSchema.parse({
    ...{ version: 1, prompts: [], model: 'unknown', width: 32, height: 32, frames: {} },
    ...{ steps: 1, seed: 0, cutouts: 1, start: 'noise', upscale: 1 },
  }),
);

/** What stands in the place of what a column should not hold; a column that is not here cannot be mended. */
const MENDED: Readonly<Partial<Record<string, string | number | null>>> = {
  request: NO_REQUEST,
  locale: 'en-US',
  age_restricted: 0,
  priority: 0,
  attempts: 0,
  deaths: 0,
  accepted_at: 0,
  ...{ guild_id: null, parent_job: null, saved_state: null, result: null, message: null, started_at: null },
};

/** Rows of no state that there is. */
export async function listStateless(ledger: LedgerDatabase): Promise<UnreadableRow[]> {
  const rows = await ledger.selectFrom('jobs').select('id').where('state', 'not in', JOB_STATES).execute();
  return rows.map(({ id }) => new UnreadableRow(String(id), ['state']));
}

/**
 * Ends a job whose row cannot be read, as far as the row can be mended: it has failed, and its message is to say so.
 *
 * @returns whether the row can be read now.
 */
export async function endUnreadable(
  ledger: LedgerDatabase,
  { job, columns }: UnreadableRow,
  endedAt: number,
): Promise<boolean> {
  const mended = Object.fromEntries(
    columns.flatMap((name): [string, unknown][] => (name in MENDED ? [[name, MENDED[name]]] : [])),
  ) as Partial<JobRow>; // columns of the table, with what they may hold
  const end = { state: 'failed', reason: JSON.stringify(REASON), ended_at: endedAt, announced: 0 } as const;
  const row = await ledger
    .updateTable('jobs')
    .set({ ...mended, ...end })
    .where(sql<string>`CAST(id AS TEXT)`, '=', job)
    .returningAll()
    .executeTakeFirst();
  try {
    return row !== undefined && toJob(row).state === 'failed';
  } catch (error) {
    if (error instanceof UnreadableRow) return false;
    throw error;
  }
}
