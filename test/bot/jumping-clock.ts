import { setTimeout as sleep } from 'node:timers/promises';
import type { BotClock } from '../../src/clock.js';

/** The real time, except that whole stretches of it can be skipped; timers run on as they are. */
export interface JumpingClock extends BotClock {
  jump(ms: number): void;
  /** Sets the machine's clock by so much, as a person or a time server does; nothing has passed. */
  set(ms: number): void;
}

export function jumpingClock(): JumpingClock {
  let skippedMs = 0;
  let setMs = 0;
  return {
    now: () => Date.now() + skippedMs + setMs,
    monotonic: () => performance.now() + skippedMs,
    after(ms, task) {
      const timer = setTimeout(task, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    jump(ms) {
      skippedMs += ms;
    },
    set(ms) {
      setMs += ms;
    },
  };
}
