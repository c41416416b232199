import type { Picture } from '../../contracts/picture.js';
import { coverPlanes } from '../../paint/latent/resize-picture.js';
import { type Random, randomFromSeed } from '../../paint/random.js';
import type { Tokenize } from '../../zoo/tokenizer.js';
import type { Pairs } from '../clip-towers.js';
import { examplesOf, seedFor } from './split.js';

export interface PairBatchesOptions {
  /** A picture as it is, or as the model's codes decode it. */
  readonly picture: (example: number, isDecoded: boolean) => Promise<Picture>;
  readonly captionsOf: (example: number) => readonly string[];
  readonly tokenize: Tokenize;
  /** Indices of the pictures learnt from. */
  readonly training: readonly number[];
  readonly batch: number;
  /** Side of what the tower sees. */
  readonly size: number;
  readonly seed: number;
  readonly flip: boolean;
  /** Deviation of the noise, in 0…1 a channel. */
  readonly noise: number;
  /** The share of pictures seen decoded. */
  readonly decoded: number;
}

/** A cutout is at least this part of the shorter side: as guidance sees pictures. */
const SMALLEST_CUTOUT = 0.5;
/** Half of the pictures are seen whole, half with noise. */
const HALF = 0.5;

export interface PairBatches {
  /** The pairs of a step counted from 0, which nothing but its number decides. */
  of(step: number): Promise<Pairs>;
  /** Whole pictures as they are, with their first captions. */
  plain(examples: readonly number[]): Promise<Pairs>;
}

export function createPairBatches(options: PairBatchesOptions): PairBatches {
  const { picture, captionsOf, tokenize, training, batch, size, seed, flip, noise, decoded } = options;
  const joined = (
    parts: readonly { readonly planes: Float32Array; readonly ids: BigInt64Array }[],
  ): Pairs => {
    const pixels = new Float32Array(parts.length * 3 * size * size);
    for (const [index, { planes }] of parts.entries()) pixels.set(normalised(planes), index * planes.length);
    return { count: parts.length, pixels, ids: BigInt64Array.from(parts.flatMap(({ ids }) => [...ids])) };
  };
  return {
    of: async (step) => {
      const random = randomFromSeed(seedFor(seed, step, 9));
      const parts = [];
      for (const place of examplesOf(step, { count: training.length, batch, seed })) {
        const example = training[place] ?? 0;
        const whole = await picture(example, random.uniform() < decoded);
        const planes = coverPlanes(random.uniform() < HALF ? whole : cutout(whole, random), size, size);
        if (random.uniform() < HALF && flip) mirrorPlanes(planes, size);
        if (random.uniform() < HALF && noise > 0) addNoise(planes, noise, random);
        const said = captionsOf(example);
        parts.push({ planes, ids: tokenize(said[random.integer(said.length)] ?? '') });
      }
      return joined(parts);
    },
    plain: async (examples) => {
      const parts = [];
      for (const example of examples) {
        const planes = coverPlanes(await picture(example, false), size, size);
        parts.push({ planes, ids: tokenize(captionsOf(example)[0] ?? '') });
      }
      return joined(parts);
    },
  };
}

/** From 0…1 to −1…1: what the tower's manifest says of pixels. */
const normalised = (planes: Float32Array): Float32Array => planes.map((value) => 2 * value - 1);

function cutout({ width, height, pixels }: Picture, random: Random): Picture {
  const side = Math.round(
    Math.min(width, height) * (SMALLEST_CUTOUT + (1 - SMALLEST_CUTOUT) * random.uniform()),
  );
  const [left, top] = [random.integer(width - side + 1), random.integer(height - side + 1)];
  const part = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row += 1) {
    const from = ((top + row) * width + left) * 3;
    part.set(pixels.subarray(from, from + side * 3), row * side * 3);
  }
  return { width: side, height: side, pixels: part };
}

function mirrorPlanes(planes: Float32Array, size: number): void {
  for (let row = 0; row < 3 * size; row += 1) planes.subarray(row * size, (row + 1) * size).reverse();
}

function addNoise(planes: Float32Array, deviation: number, random: Random): void {
  for (let index = 0; index < planes.length; index += 1) {
    const value = (planes[index] ?? 0) + deviation * random.normal();
    planes[index] = Math.min(1, Math.max(0, value));
  }
}
