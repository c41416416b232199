import type { LineEntry } from '../../src/queue/line-entry.js';

/** mulberry32: the same numbers for the same seed, in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A clock that counts: the one source of acceptance numbers and turns. */
export function countingClock(): () => number {
  let reading = 0;
  return () => {
    reading += 1;
    return reading;
  };
}

export function entry(id: string, fields: Partial<LineEntry> & { readonly sequence: number }): LineEntry {
  return { id, user: 'ann', group: null, priority: 0, work: { kind: 'any', steps: 1 }, ...fields };
}
