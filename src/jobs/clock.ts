import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the jobs see it, so that tests can hold and move it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** @throws AbortError when the signal comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
