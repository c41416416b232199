/** Where the stand-in takes its time from: every deadline, window and snowflake goes through it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `action` after `ms`; the returned function calls it off. */
  after(ms: number, action: () => void): () => void;
}

/** The real time; its timers keep no process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, action) {
    const timer = setTimeout(action, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
