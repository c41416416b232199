/**
 * The moments between which a job's life is made durable, in order. A crash at any of them must lose nothing and
 * repeat nothing that people see; crash tests kill the process there.
 */
export const CRASH_POINTS = [
  /** The row is committed, nobody was told. */
  'row-written',
  /** Discord shows the acknowledgement (reached by the door). */
  'acknowledged',
  /** The row says `painting`, the painter was told. */
  'painting',
  /** A saved state is in the store. */
  'state-stored',
  /** A frame stands in the message (reached by the channel editor). */
  'frame-posted',
  /** The final picture is in the store, the row still says `painting`. */
  'final-stored',
  /** The row says `finishing`, nothing was posted. */
  'finishing',
  /** The final stands in the message, the row does not know (reached by the publisher). */
  'final-uploaded',
  /** The row says `done`. */
  'final-recorded',
] as const;

/** Moments that only a job in trouble comes to. */
export const TROUBLE_POINTS = [
  /** Discord refused the final: the row says `failed`, the message nothing yet. */
  'final-refused',
] as const;

export type CrashPoint = (typeof CRASH_POINTS | typeof TROUBLE_POINTS)[number];

/** Called at each point with the job's id; the product passes none, a test's entry point one that kills. */
export type CrashHook = (point: CrashPoint, jobId: string) => void;
