import type { Selectable } from 'kysely';
import type { Job, JobResult, MessageRef } from '../contracts/job.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import { parseRefusal } from '../contracts/refusal.js';
import type { JobsTable } from './schema.js';

export type JobRow = Selectable<JobsTable>;

/** Rows are written by `toRow` alone, so what they hold is trusted, not parsed again. */
export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    causeId: row.cause_id,
    userId: row.user_id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    isAgeRestricted: row.age_restricted === 1,
    locale: row.locale,
    request: JSON.parse(row.request) as PaintRequest,
    parentJob: row.parent_job,
    state: row.state,
    priority: row.priority,
    sequence: row.sequence,
    attempts: row.attempts,
    deaths: row.deaths,
    savedState: row.saved_state,
    reason: row.reason === null ? null : parseRefusal(row.reason),
    result: row.result === null ? null : (JSON.parse(row.result) as JobResult),
    message: row.message === null ? null : (JSON.parse(row.message) as MessageRef),
    announced: row.announced === 1,
    acceptedAt: row.accepted_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
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

export function toRow(job: NewJob): JobRow {
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
    state: 'queued',
    priority: job.priority,
    sequence: job.sequence,
    turn: null,
    attempts: 0,
    deaths: 0,
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
