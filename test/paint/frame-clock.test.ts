import { describe, expect, it } from 'vitest';
import { createFrameClock } from '../../src/paint/frame-clock.js';

/** The steps after which frames are due, one every 40 ms, from step 1 on. */
function dueSteps(frames: { everySteps?: number; everyMs?: number }, steps = 10): number[] {
  let nowMs = 1000;
  const clock = createFrameClock({ frames }, () => nowMs);
  return Array.from({ length: steps }, (_, index) => index + 1).filter((step) => {
    nowMs += 40;
    return clock.isDue(step);
  });
}

describe('frames are due', () => {
  it('after every so many steps', () => expect(dueSteps({ everySteps: 3 })).toEqual([3, 6, 9]));
  it('when so much time has passed since the last, the exact time included', () => {
    expect(dueSteps({ everyMs: 100 })).toEqual([3, 6, 9]);
    expect(dueSteps({ everyMs: 80 })).toEqual([2, 4, 6, 8, 10]);
  });
  it('by either, each of which begins the time anew', () => {
    expect(dueSteps({ everySteps: 4, everyMs: 120 })).toEqual([3, 4, 7, 8]);
  });
  it('never where nobody wants any', () => expect(dueSteps({})).toEqual([]));
});
