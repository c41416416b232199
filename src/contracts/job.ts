import { z } from 'zod';
import { ENDINGS } from './paint-event.js';
import type { PaintRequest } from './paint-request.js';
import { FORMATS } from './picture.js';
import type { Refusal } from './refusal.js';

/**
 * The states of a job in the ledger: `queued → painting → finishing → done`, or `failed` / `cancelled` from any of
 * the first three. Every change is a compare-and-set on the row; a job ends exactly once, save that a picture which
 * Discord refused may be shown again: `failed → finishing`.
 */
export const JOB_STATES = ['queued', 'painting', 'finishing', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** From which states a state can be reached. */
export const JOB_TRANSITIONS = {
  queued: ['painting'],
  painting: ['queued'],
  /** A picture that Discord refused can be shown later, while it is kept. */
  finishing: ['painting', 'failed'],
  done: ['finishing'],
  failed: ['queued', 'painting', 'finishing'],
  cancelled: ['queued', 'painting', 'finishing'],
} as const satisfies Record<JobState, readonly JobState[]>;

export const ENDED_STATES = ['done', 'failed', 'cancelled'] as const satisfies readonly JobState[];

/** Whether a job is over, well or not. */
export function hasEnded<Some extends Pick<Job, 'state'>>(
  job: Some,
): job is Some & { readonly state: (typeof ENDED_STATES)[number] } {
  return (ENDED_STATES as readonly JobState[]).includes(job.state);
}

/** A message of ours in Discord that shows a job. */
export const messageRefSchema = z
  .object({
    channelId: z.string(),
    messageId: z.string(),
    /** When the message was made, epoch ms: an hour later Discord limits its edits harder. */
    createdAt: z.number(),
  })
  .readonly();
export type MessageRef = z.output<typeof messageRefSchema>;

/** How a painting ended and where its picture lies in the store. */
export const jobResultSchema = z
  .object({
    /** The picture's name in the store. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    format: z.enum(FORMATS),
    width: z.int().positive(),
    height: z.int().positive(),
    bytes: z.int().nonnegative(),
    /** The last step that was painted. */
    step: z.int().nonnegative(),
    /** JSON has no NaN, and writes null. */
    loss: z
      .number()
      .nullable()
      .transform((loss) => loss ?? Number.NaN),
    /** Painting time over all attempts of the process that finished it. */
    seconds: z.number().nonnegative(),
    ended: z.enum(ENDINGS),
    /** Its frames' name in the store; absent where there were none, or too few. */
    film: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .readonly();
export type JobResult = z.output<typeof jobResultSchema>;

/** A job as the ledger knows it. Times are epoch ms. */
export interface Job {
  /** 16 characters of Crockford base32: fits a custom_id and a nonce. */
  readonly id: string;
  /** What asked for it, unique: an interaction's id, or a key made up for a reaction. */
  readonly causeId: string;
  readonly userId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** Whether its channel was for adults only when it was asked for. */
  readonly isAgeRestricted: boolean;
  /** Of its message. */
  readonly locale: string;
  readonly request: PaintRequest;
  /** The job of which this one is a rerun. */
  readonly parentJob: string | null;
  readonly state: JobState;
  /** Classes are served from the highest down; 0 is ordinary. */
  readonly priority: number;
  /** Order of acceptance, unless it was moved in line. */
  readonly sequence: number;
  /** Whose turn in line it takes: its own person's, unless it was moved. */
  readonly turnOf: string;
  /** How often a painter process began it. */
  readonly attempts: number;
  /** How many painter processes died of it. */
  readonly deaths: number;
  /** The saved state to continue from, by its name in the store. */
  readonly savedState: string | null;
  /** Why it failed, or who cancelled it; null otherwise. */
  readonly reason: Refusal | null;
  /** From `finishing` on, until its picture is let go. */
  readonly result: JobResult | null;
  /** The newest message that shows it. */
  readonly message: MessageRef | null;
  /** Whether its end stands in its message. */
  readonly announced: boolean;
  readonly acceptedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}
