import type { Selectable } from 'kysely';
import { z } from 'zod';
import { JOB_STATES, type Job, jobResultSchema, messageRefSchema } from '../contracts/job.js';
import { paintRequestSchema } from '../contracts/paint-request.js';
import { parseRefusal } from '../contracts/refusal.js';
import type { JobsTable } from './schema.js';
import { UnreadableRow } from './unreadable-row.js';

export type JobRow = Selectable<JobsTable>;

/** JSON text of a form. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const text = z.string();
const time = z.number();

/** What a row must be. Rows outlive versions, disks and curious hands: nothing of one is believed unread. */
const jobRowSchema = z.object({
  id: text,
  cause_id: text,
  user_id: text,
  guild_id: text.nullable(),
  channel_id: text,
  age_restricted: z.int().min(0).max(1),
  locale: text,
  request: json(paintRequestSchema),
  parent_job: text.nullable(),
  state: z.enum(JOB_STATES),
  priority: z.int(),
  sequence: z.int(),
  turn_of: text.nullable(),
  attempts: z.int(),
  deaths: z.int(),
  saved_state: text.nullable(),
  reason: text.nullable(),
  result: json(jobResultSchema).nullable(),
  message: json(messageRefSchema).nullable(),
  announced: z.int().min(0).max(1),
  accepted_at: time,
  started_at: time.nullable(),
  ended_at: time.nullable(),
});

/** @throws UnreadableRow naming the columns that hold something else than they should. */
export function toJob(row: JobRow): Job {
  const read = jobRowSchema.safeParse(row);
  if (!read.success) {
    const { issues } = read.error;
    throw new UnreadableRow(String(row.id), [...new Set(issues.map(({ path }) => String(path[0])))]);
  }
  const { data } = read;
  return {
    id: data.id,
    causeId: data.cause_id,
    userId: data.user_id,
    guildId: data.guild_id,
    channelId: data.channel_id,
    isAgeRestricted: data.age_restricted === 1,
    locale: data.locale,
    request: data.request,
    parentJob: data.parent_job,
    state: data.state,
    priority: data.priority,
    sequence: data.sequence,
    turnOf: data.turn_of ?? data.user_id,
    attempts: data.attempts,
    deaths: data.deaths,
    savedState: data.saved_state,
    reason: data.reason === null ? null : parseRefusal(data.reason),
    result: data.result,
    message: data.message,
    announced: data.announced === 1,
    acceptedAt: data.accepted_at,
    startedAt: data.started_at,
    endedAt: data.ended_at,
  };
}

/** What a row names in the store, whether it can be read or not. */
export function namesIn(row: Pick<JobRow, 'saved_state' | 'result' | 'request'>): string[] {
  return `${row.saved_state} ${row.result} ${row.request}`.match(/\b[0-9a-f]{64}\b/g) ?? [];
}

/** What is left of a row that cannot be read. */
export interface DamagedRow {
  readonly error: UnreadableRow;
  /** What it names in the store. */
  readonly names: readonly string[];
}

/** Jobs, and rows that are none. */
export interface SortedRows {
  readonly jobs: readonly Job[];
  readonly damaged: readonly DamagedRow[];
}

export function sortRows(rows: readonly JobRow[]): SortedRows {
  const damaged: DamagedRow[] = [];
  const jobs = rows.flatMap((row) => toJobs([row], (error) => damaged.push({ error, names: namesIn(row) })));
  return { jobs, damaged };
}

/** The jobs of those rows that can be read; of each other one `onUnreadable` hears. */
export function toJobs(
  rows: readonly JobRow[],
  onUnreadable: (row: UnreadableRow) => unknown = raise,
): Job[] {
  return rows.flatMap((row) => {
    try {
      return [toJob(row)];
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      onUnreadable(error);
      return [];
    }
  });
}

function raise(error: UnreadableRow): never {
  throw error;
}

/** What a job is when it is accepted. */
export type NewJob = Pick<
  Job,
  | 'id'
  | 'causeId'
  | 'userId'
  | 'guildId'
  | 'channelId'
  | 'isAgeRestricted'
  | 'locale'
  | 'request'
  | 'parentJob'
  | 'savedState'
  | 'priority'
  | 'sequence'
  | 'acceptedAt'
>;

/** A job that begins to wait. */
export function queued(order: NewJob): Job {
  return {
    ...order,
    state: 'queued',
    turnOf: order.userId,
    attempts: 0,
    deaths: 0,
    reason: null,
    result: null,
    message: null,
    announced: false,
    startedAt: null,
    endedAt: null,
  };
}

/** The row of a job that waits and has taken no turn. */
export function toRow(job: Job): JobRow {
  return {
    id: job.id,
    cause_id: job.causeId,
    user_id: job.userId,
    guild_id: job.guildId,
    channel_id: job.channelId,
    age_restricted: job.isAgeRestricted ? 1 : 0,
    locale: job.locale,
    request: JSON.stringify(job.request),
    parent_job: job.parentJob,
    state: job.state,
    priority: job.priority,
    sequence: job.sequence,
    turn_of: null,
    turn: null,
    attempts: job.attempts,
    deaths: job.deaths,
    saved_state: job.savedState,
    reason: null,
    result: null,
    message: null,
    announced: 0,
    accepted_at: job.acceptedAt,
    started_at: null,
    ended_at: null,
  };
}
