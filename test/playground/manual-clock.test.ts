import { describe, expect, it } from 'vitest';
import { manualClock } from './manual-clock.js';

describe('the manual clock', () => {
  it('runs due actions in the order of their times, each at its own time, and those they cause', () => {
    const clock = manualClock(1_000);
    const log: string[] = [];
    clock.after(30, () => log.push(`late ${clock.now()}`));
    clock.after(10, () => {
      log.push(`early ${clock.now()}`);
      clock.after(5, () => log.push(`caused ${clock.now()}`));
    });
    clock.after(100, () => log.push('not yet'));
    clock.advance(50);
    expect(log).toEqual(['early 1010', 'caused 1015', 'late 1030']);
    expect(clock.now()).toBe(1_050);
  });

  it('does not run what was called off', () => {
    const clock = manualClock();
    const log: string[] = [];
    clock.after(10, () => log.push('never'))();
    clock.advance(20);
    expect(log).toEqual([]);
  });
});
