import type { Job } from '../contracts/job.js';
import type { EncodedPicture } from '../contracts/picture.js';
import type { Ledger } from '../ledger/open-ledger.js';
import type { Logger } from '../log.js';
import type { Line } from '../queue/line.js';
import type { Store } from '../store/store.js';
import type { PatientClock } from '../clock.js';
import type { CrashHook } from './crash-points.js';
import type { JobLimits } from './line/limits.js';
import type { Listeners } from './listeners.js';
import type { Outbox } from './ending/outbox.js';
import type { Film } from './painting/film.js';
import type { PainterPool } from './painting/painter-pool.js';
import type { StepClock } from './line/step-clock.js';

/** A job in line. */
export interface Waiting {
  /** As its row stands. */
  job: Job;
}

/** A job on a lane. */
export interface Running {
  /** As its row stands. */
  job: Job;
  readonly painter: string;
  readonly cancel: AbortController;
  /** Ends the painting with what there is. */
  readonly finishEarly: AbortController;
  /** How surely its pictures may show adult content, 0…1, before they are held back. */
  adultLimit: number;
  step: number;
  loss: number | null;
  /** The mean time of its steps; undefined before the first. */
  stepMs: number | undefined;
  latestFrame: EncodedPicture | undefined;
  readonly film: Film;
}

/** What the parts of this room share; built once by `createJobs`. */
export interface JobsContext {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly log: Logger;
  readonly clock: PatientClock;
  readonly limits: JobLimits;
  readonly crashPoint: CrashHook;
  readonly line: Line;
  readonly pool: PainterPool;
  readonly outbox: Outbox;
  readonly listeners: Listeners;
  readonly steps: StepClock;
  /** Exactly the jobs that stand in `line`. */
  readonly waiting: Map<string, Waiting>;
  /** Exactly the jobs that hold a lane. */
  readonly running: Map<string, Running>;
  /** Guilds, or everywhere, where waiting jobs are held back. */
  readonly pausedScopes: Set<string>;
  /** Jobs whose rows could not be read in this process. */
  readonly unreadable: Set<string>;
  /** Why no jobs are accepted; null where they are. */
  closedBy: 'restarting' | 'expelled' | null;
  /** Advances the clock that numbers acceptances and turns. */
  readonly nextTick: () => number;
  /** A job's time on a lane, from its turn until the lane is free again. */
  readonly paint: (id: string, turn: number) => Promise<void>;
  /** Aborted by `stop()`. */
  readonly stopping: AbortSignal;
}
