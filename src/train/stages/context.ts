import type { Runtime } from '../../runtime/runtime.js';

/** What a stage is opened with beside its request. */
export interface StageContext {
  readonly runtime: Runtime;
  /** Told of every file that is not learnt from, with the reason for people. */
  readonly onSkipped: (file: string, reason: string) => void;
}
