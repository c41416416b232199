import type { PaintRequest } from '../contracts/paint-request.js';

/** Says after which steps a frame is due: every so many steps, or when enough time has passed. */
export function createFrameClock({ frames: { everySteps, everyMs } }: PaintRequest) {
  let lastMs = performance.now();
  return {
    isDue: (step: number): boolean => {
      const nowMs = performance.now();
      const isDue =
        (everySteps !== undefined && step % everySteps === 0) ||
        (everyMs !== undefined && nowMs - lastMs >= everyMs);
      if (isDue) lastMs = nowMs;
      return isDue;
    },
  };
}
