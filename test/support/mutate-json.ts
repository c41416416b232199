type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What stands in the place of something else. */
const HOSTILE: readonly Json[] = [
  ...[null, '', [], {}, -1, 0, 1, 0.5, 1e8, 20_000, 1e300, 2 ** 53, -1e9, true, false, 'x', '__proto__', '('],
  ...['\u001b[31m', '(a+)+$', 'x'.repeat(5000), [null], [[]], [1, 2, 3], { type: 'Nope' }],
];

/** Numbers below 1 that follow from a seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in which one or two things are gone, scaled, in another's place, or of another kind. */
export function mutateJson(json: unknown, seed: number): unknown {
  const next = seeded(seed);
  const copy = structuredClone(json) as Json;
  for (let changes = 1 + Math.floor(next() * 2); changes > 0; changes -= 1) {
    const places = placesIn(copy);
    const place = places[Math.floor(next() * places.length)];
    if (place) change(place, places, next);
  }
  return copy;
}

interface Place {
  readonly inside: { [key: string]: Json };
  readonly key: string;
}

function placesIn(value: Json): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = value as Place['inside']; // lists have their indices for keys
  return Object.keys(inside).flatMap((key) => [{ inside, key }, ...placesIn(inside[key] ?? null)]);
}

function change({ inside, key }: Place, places: readonly Place[], next: () => number): void {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)];
  const value = inside[key];
  const chance = next();
  if (chance < 0.15) {
    if (Array.isArray(inside)) inside.splice(Number(key), 1);
    else delete inside[key];
  } else if (chance < 0.25) {
    const other = pick(places);
    inside[key] = structuredClone(other?.inside[other.key] ?? null);
  } else if (chance < 0.35 && typeof value === 'number') {
    inside[key] = value * (pick([2, 0.5, -1, 1e6, 1.5]) ?? 1);
  } else {
    inside[key] = structuredClone(pick(HOSTILE) ?? null);
  }
}
