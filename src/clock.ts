import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the bot sees it, so that tests can hold and move it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Milliseconds from some moment on: never set, never set back. What has to keep a pace goes by it. */
  monotonic(): number;
}

/** A clock one can wait by. */
export interface PatientClock extends Clock {
  /** @throws AbortError when the signal comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A clock that calls back. */
export interface AlarmClock extends Clock {
  /** Runs `task` once, `ms` from now. @returns a function that calls it off. */
  after(ms: number, task: () => void): () => void;
}

/** All that the bot needs of time. */
export interface BotClock extends PatientClock, AlarmClock {}

export const systemClock: BotClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
