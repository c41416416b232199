/** Time as the editor sees it, so that tests can hold and move it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs `task` once, `ms` from now. @returns a function that calls it off. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
