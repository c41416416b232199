import type { PaintRequest } from '../contracts/paint-request.js';

/**
 * Says after which steps a frame is due: every so many steps, or when enough time has passed since the last.
 *
 * @param now milliseconds, from any origin.
 */
export function createFrameClock(
  { frames: { everySteps, everyMs } }: Pick<PaintRequest, 'frames'>,
  now: () => number = () => performance.now(),
) {
  let lastMs = now();
  return {
    isDue: (step: number): boolean => {
      const nowMs = now();
      const isDue =
        (everySteps !== undefined && step % everySteps === 0) ||
        (everyMs !== undefined && nowMs - lastMs >= everyMs);
      if (isDue) lastMs = nowMs;
      return isDue;
    },
  };
}
