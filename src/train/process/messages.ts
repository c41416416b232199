import type { TrainEvent } from '../../contracts/train-event.js';

/** What a trainer process tells its parent. */
export type TrainerReport =
  | { readonly event: TrainEvent }
  /** The end; `isTheirs` when the person at the keyboard can put it right. */
  | { readonly error: string; readonly isTheirs: boolean };
