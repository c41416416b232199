import type { Clock } from './clock.js';

/** 2015-01-01, from which Discord counts. */
const EPOCH_MS = 1_420_070_400_000n;
const SEQUENCE_BITS = 22n;

/** Ids as Discord makes them, `(ms − epoch) << 22 | …`; each is greater than the last, even within a millisecond. */
export function createSnowflakes(clock: Clock, after = '0'): () => string {
  let last = BigInt(after);
  return () => {
    const fromTime = (BigInt(clock.now()) - EPOCH_MS) << SEQUENCE_BITS;
    last = fromTime > last ? fromTime : last + 1n;
    return String(last);
  };
}

/** Milliseconds since the epoch at which an id was made. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> SEQUENCE_BITS) + EPOCH_MS);
}

/** Orders ids by age, oldest first. */
export function compareSnowflakes(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
