/**
 * The states of a job in the ledger: `queued → painting → finishing → done`, or `failed` / `cancelled` from any of
 * the first three. Every change is a compare-and-set on the row; a job ends exactly once.
 */
export const JOB_STATES = ['queued', 'painting', 'finishing', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** From which states a state can be reached. */
export const JOB_TRANSITIONS = {
  queued: ['painting'],
  painting: ['queued'],
  finishing: ['painting'],
  done: ['finishing'],
  failed: ['queued', 'painting', 'finishing'],
  cancelled: ['queued', 'painting', 'finishing'],
} as const satisfies Record<JobState, readonly JobState[]>;

export const ENDED_STATES = ['done', 'failed', 'cancelled'] as const satisfies readonly JobState[];
