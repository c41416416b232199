import type { Clock } from './clock.js';

/** The machine's time, and as far ahead of it as it was told to go. */
export interface AdjustableClock extends Clock {
  /** Milliseconds ahead of the machine's time. */
  ahead(): number;
  /** Goes ahead by `ms` more; what was to happen in between happens at once, in its order. */
  forward(ms: number): void;
}

/** @param startAhead Milliseconds by which it is ahead from the start. Its timers keep no process alive. */
export function adjustableClock(startAhead = 0): AdjustableClock {
  let ahead = startAhead;
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  const now = () => Date.now() + ahead;
  return {
    now,
    ahead: () => ahead,
    after(ms, action) {
      const timer = setTimeout(() => alarm.ring(), ms);
      timer.unref();
      const alarm = {
        at: now() + ms,
        ring() {
          if (alarms.delete(alarm)) action();
        },
      };
      alarms.add(alarm);
      return () => {
        alarms.delete(alarm);
        clearTimeout(timer);
      };
    },
    forward(ms) {
      ahead += ms;
      const due = [...alarms].filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at);
      for (const { ring } of due) ring();
    },
  };
}
