import type { Picture } from './picture.js';
import type { Refusal } from './refusal.js';

/** How a painting came to its end: all steps, stopped by itself before, or stopped by someone. */
export const ENDINGS = ['finished', 'early', 'cancelled'] as const;
export type Ending = (typeof ENDINGS)[number];

/**
 * What happens while a request is painted, in order; exactly one `done` or `error`, last. A frame shows the latent
 * after the step it names (step 0: the prior's sample or the start picture; never bare noise).
 *
 * @typeParam P how pictures travel: raw inside a process, encoded between processes.
 */
export type PaintEvent<P = Picture> =
  | {
      readonly type: 'started';
      readonly provider: string;
      readonly device: string;
      readonly steps: number;
      /** The first step that will run: 1, or more when a saved state is continued. */
      readonly firstStep: number;
      /** Whether the step graphs came from the cache. */
      readonly cached: boolean;
    }
  | {
      readonly type: 'step';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly ms: number;
    }
  | { readonly type: 'frame'; readonly step: number; readonly picture: P }
  | {
      readonly type: 'done';
      readonly picture: P;
      readonly step: number;
      readonly loss: number;
      readonly seconds: number;
      readonly ended: Ending;
    }
  | {
      readonly type: 'error';
      readonly kind: 'user' | 'fault';
      readonly message: string;
      /** The same as data, where there is a kind for it. */
      readonly refusal?: Refusal;
    };
