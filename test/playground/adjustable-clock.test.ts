import { describe, expect, it } from 'vitest';
import { adjustableClock } from '../../src/playground/adjustable-clock.js';

const HOUR_MS = 3_600_000;

describe('a clock that can be set forward', () => {
  it('rings what was due in between, in its order, and nothing else', () => {
    const clock = adjustableClock();
    const rung: string[] = [];
    clock.after(2 * HOUR_MS, () => rung.push('later'));
    clock.after(HOUR_MS, () => rung.push('second'));
    clock.after(HOUR_MS / 2, () => rung.push('first'));
    const cancel = clock.after(HOUR_MS / 4, () => rung.push('called off'));
    cancel();
    clock.forward(HOUR_MS + 1);
    expect(rung).toEqual(['first', 'second']);
    clock.forward(HOUR_MS);
    expect(rung).toEqual(['first', 'second', 'later']);
  });

  it('begins as far ahead as it had come', () => {
    const clock = adjustableClock(HOUR_MS);
    expect(clock.now() - Date.now()).toBeGreaterThanOrEqual(HOUR_MS - 1);
    clock.forward(5);
    expect(clock.ahead()).toBe(HOUR_MS + 5);
  });
});
