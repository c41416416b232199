import { describe, expect, it } from 'vitest';
import { compareSnowflakes, createSnowflakes, snowflakeTime } from '../../src/playground/snowflake.js';

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
