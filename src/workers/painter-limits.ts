import { totalmem } from 'node:os';

/** How much time and memory a painter process gets before it is taken for broken. */
export interface PainterLimits {
  /** From its making to `ready`. */
  readonly startMs: number;
  /** Silence before the first step of a painting: models are read, graphs built. */
  readonly firstStepMs: number;
  /** Silence at any other time, at least. */
  readonly silenceMs: number;
  /** Silence during a step, in steps of the longest seen: a session that runs blocks its thread. */
  readonly silenceSteps: number;
  /** How long a cancelled or departing painting may go on, at least; three steps if they take longer. */
  readonly graceMs: number;
  /** Resident memory, bytes. */
  readonly memory: number;
  /** Wait before the first restart; each further one in a row waits twice as long. */
  readonly backOffMs: number;
  readonly longestBackOffMs: number;
}

export const DEFAULT_PAINTER_LIMITS: PainterLimits = {
  startMs: 120_000,
  firstStepMs: 600_000,
  silenceMs: 120_000,
  silenceSteps: 20,
  graceMs: 10_000,
  memory: Math.floor(totalmem() * 0.85),
  backOffMs: 1_000,
  longestBackOffMs: 60_000,
};
