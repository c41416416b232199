import { describe, expect, it } from 'vitest';
import { manualClock } from '../../src/playground/clock.js';
import { compareSnowflakes, createSnowflakes, snowflakeTime } from '../../src/playground/snowflake.js';

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

describe('snowflakes', () => {
  it('tell their time, and grow within a millisecond and over a clock that is set back', () => {
    let now = Date.UTC(2026, 0, 1);
    const nextId = createSnowflakes({ now: () => now, after: () => () => {} });
    const ids = [nextId(), nextId(), nextId()];
    now += 5;
    ids.push(nextId());
    expect(snowflakeTime(ids[3] ?? '')).toBe(now);
    now -= 100;
    ids.push(nextId());
    expect([...ids].sort(compareSnowflakes)).toEqual(ids);
    expect(new Set(ids).size).toBe(5);
  });

  it('are ordered as numbers, not as texts', () => {
    expect(['10', '9', '100'].sort(compareSnowflakes)).toEqual(['9', '10', '100']);
  });
});
