import type { Clock } from '../../src/playground/clock.js';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`; due actions run in the order of their times, each at its own time. */
  advance(ms: number): void;
}

export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let alarms: { readonly at: number; readonly action: () => void }[] = [];
  return {
    now: () => now,
    after(ms, action) {
      const alarm = { at: now + ms, action };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        alarms = alarms.filter((alarm) => alarm !== next);
        now = Math.max(now, next.at);
        next.action();
      }
      now = end;
    },
  };
}
