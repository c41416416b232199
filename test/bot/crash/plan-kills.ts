import { CRASH_POINTS, type CrashPoint } from '../../../src/jobs/crash-points.js';
import type { Kill } from './kill.js';

/** Where a painter is at work, or has been a moment ago. */
const PAINTER_POINTS: readonly CrashPoint[] = ['painting', 'state-stored', 'frame-posted', 'final-stored'];
/** Points that are reached many times in one painting. */
const REPEATED: readonly CrashPoint[] = ['state-stored', 'frame-posted'];

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As many kills, over all points for the bot and those that concern the painter, in a seeded order. */
export function planKills(count: number, random: () => number): Kill[] {
  const every = [
    ...CRASH_POINTS.map((point) => ({ victim: 'bot', point }) as const),
    ...PAINTER_POINTS.map((point) => ({ victim: 'painter', point }) as const),
  ];
  const pool = Array.from({ length: count }, (_, index) => every[index % every.length]).flatMap(
    (kill) => kill ?? [],
  );
  return shuffle(pool, random).map((kill) => {
    const hit = REPEATED.includes(kill.point) ? 1 + Math.floor(random() * 3) : 1;
    return { ...kill, hit };
  });
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let end = mixed.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1));
    const [a, b] = [mixed[end], mixed[other]];
    if (a !== undefined && b !== undefined) [mixed[end], mixed[other]] = [b, a];
  }
  return mixed;
}
