import type { LineEntry } from '../../src/queue/line-entry.js';

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
