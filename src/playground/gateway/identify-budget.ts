import type { Clock } from '../clock.js';

const DAY_MS = 24 * 60 * 60_000;

/** How many IDENTIFYs are left of a day's allowance. */
export interface IdentifyBudget {
  status(): { total: number; remaining: number; reset_after: number; max_concurrency: number };
  /** Uses one up; false when none is left. */
  take(): boolean;
}

export function createIdentifyBudget(clock: Clock, total = 1000): IdentifyBudget {
  let used = 0;
  let dayEnds = clock.now() + DAY_MS;
  const turnDay = () => {
    if (clock.now() < dayEnds) return;
    used = 0;
    dayEnds = clock.now() + DAY_MS;
  };
  return {
    status() {
      turnDay();
      return { total, remaining: total - used, reset_after: dayEnds - clock.now(), max_concurrency: 1 };
    },
    take() {
      turnDay();
      if (used >= total) return false;
      used += 1;
      return true;
    },
  };
}
