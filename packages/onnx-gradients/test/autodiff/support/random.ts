import { elementCount, type Shape } from '../../../src/onnx/tensor.js';

/** A seeded stream of numbers in [0, 1): mulberry32, seeded by a text's FNV-1a hash. */
export function randomFrom(seed: string): () => number {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Where an operator's test inputs are drawn from. */
export interface Sampling {
  readonly shape: Shape;
  readonly draw: (random: () => number) => number;
}

export const between = (low: number, high: number, shape: Shape): Sampling => ({
  shape,
  draw: (random) => low + (high - low) * random(),
});

/** Standard normal (Box and Muller). */
export const normal = (...shape: readonly number[]): Sampling => ({
  shape,
  draw: (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
});

/** From ½ to 2, for logarithms, roots and divisors. */
export const positive = (...shape: readonly number[]): Sampling => between(0.5, 2, shape);

/** The sampling without what lies within 0.15 of a point: a numeric derivative must not step over a kink. */
export function awayFrom(kinks: readonly number[], { shape, draw }: Sampling): Sampling {
  const isNear = (value: number) => kinks.some((kink) => Math.abs(value - kink) < 0.15);
  return {
    shape,
    draw: (random) => {
      let value = draw(random);
      while (isNear(value)) value = draw(random);
      return value;
    },
  };
}

/** Standard normal, away from kinks. */
export const avoiding = (kinks: readonly number[], ...shape: readonly number[]): Sampling =>
  awayFrom(kinks, normal(...shape));

export function sample({ shape, draw }: Sampling, random: () => number): number[] {
  return Array.from({ length: elementCount(shape) }, () => draw(random));
}
