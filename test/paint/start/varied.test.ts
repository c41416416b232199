import { float32 } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { randomFromSeed } from '../../../src/paint/random.js';
import { smoothNoise } from '../../../src/paint/start/smooth-noise.js';
import { shaken, warped } from '../../../src/paint/start/varied.js';

const GRID = { rows: 12, columns: 20 };
const CELLS = GRID.rows * GRID.columns;

describe('smooth noise', () => {
  it('has deviation 1 wherever it is on the grid, and is alike from neighbour to neighbour', () => {
    const random = randomFromSeed(1);
    const fields = Array.from({ length: 400 }, () => smoothNoise(random, GRID, 2));
    for (const cell of [0, GRID.columns - 1, CELLS - 1, 5 * GRID.columns + 9]) {
      const values = fields.map((field) => field[cell] ?? 0);
      expect(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / 400)).toBeCloseTo(1, 0.5);
    }
    const together = (apart: number) =>
      fields.reduce((sum, field) => sum + (field[100] ?? 0) * (field[100 + apart] ?? 0), 0) / 400;
    expect(together(1)).toBeGreaterThan(0.8);
    expect(Math.abs(together(9))).toBeLessThan(0.2);
  });
});

describe('a warped picture', () => {
  const [width, height] = [60, 36];
  /** Red tells how far right a pixel was, green how far down. */
  const places: Picture = {
    ...{ width, height },
    pixels: Uint8Array.from(
      Array.from({ length: width * height }, (_, at) => [
        4 * (at % width),
        4 * Math.floor(at / width),
        at % 7 ? 0 : 255,
      ]).flat(),
    ),
  };
  const warp = (by: number, seed = 3) => warped(places, { by, grid: GRID, random: randomFromSeed(seed) });
  const moved = (picture: Picture) => {
    const distances = Array.from({ length: width * height }, (_, at) =>
      Math.hypot(
        (picture.pixels[3 * at] ?? 0) / 4 - (at % width),
        (picture.pixels[3 * at + 1] ?? 0) / 4 - Math.floor(at / width),
      ),
    );
    return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  };

  it('is the picture itself where nothing is to move', () => {
    expect(warp(0)).toEqual(places);
  });

  it('has its places moved, further the more is asked for, and otherwise for another seed', () => {
    const [a, b] = [moved(warp(0.25)), moved(warp(0.5))];
    // A mean of about 1.25 deviations of 8 % of the shorter side, less what the edge holds back.
    expect(b).toBeGreaterThan(0.03 * height * 0.5);
    expect(b).toBeLessThan(0.12 * height * 0.5);
    expect(a).toBeLessThan(0.7 * b);
    expect(warp(0.5, 4)).not.toEqual(warp(0.5));
  });

  it('folds nowhere at the strength of a variation: what was right of something still is', () => {
    const { pixels } = warp(0.5);
    for (let at = 0; at < width * height; at += 1) {
      if (at % width === 0) continue;
      expect(pixels[3 * at] ?? 0).toBeGreaterThanOrEqual((pixels[3 * at - 3] ?? 0) - 1);
    }
  });
});

describe('a shaken latent', () => {
  it('differs by deviations of the codebook, channel by channel', () => {
    // The second channel of the codebook is ten times as wide as the first.
    const codebook = float32([2, 2], [-1, -10, 1, 10]);
    const latent = new Float32Array(2 * CELLS);
    const random = randomFromSeed(2);
    const change = shaken(latent, { by: 1, grid: GRID, random, codebook });
    const deviation = (values: Float32Array) => Math.hypot(...values) / Math.sqrt(values.length);
    const [first, second] = [deviation(change.slice(0, CELLS)), deviation(change.slice(CELLS))];
    expect(first).toBeGreaterThan(0.5);
    expect(second / first).toBeGreaterThan(5);
    expect(second / first).toBeLessThan(20);
    expect(latent.every((value) => value === 0)).toBe(true);
  });
});
