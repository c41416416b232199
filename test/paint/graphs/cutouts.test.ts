import { float32, GraphBuilder, int64, type Tensor } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import { cutoutInputs, cutViews } from '../../../src/paint/graphs/cutouts.js';
import { resamplingMatrices } from '../../../src/paint/graphs/resample.js';
import { randomFromSeed } from '../../../src/paint/random.js';
import { CUTOUT_RECIPE, drawCutouts } from '../../../src/paint/step/draw-cutouts.js';

async function matrices(lines: number[][], size: number, length: number): Promise<number[][][]> {
  const b = new GraphBuilder();
  const line = b.input('line', { elementType: 'float32', shape: [lines.length, 2] });
  b.output(resamplingMatrices(b, { line, size, length }), 'matrices');
  const { matrices: result } = await runGraph(b.build('resample'), {
    line: float32([lines.length, 2], lines.flat()),
  });
  const values = [...(result?.data ?? [])].map(Number);
  return lines.map((_, n) =>
    Array.from({ length: size }, (_, s) =>
      values.slice((n * size + s) * length, (n * size + s + 1) * length),
    ),
  );
}

describe('resamplingMatrices', () => {
  it('is the identity at step 1 from the first centre, and reversed at step −1', async () => {
    const [forward, flipped] = await matrices(
      [
        [0.5, 1],
        [3.5, -1],
      ],
      4,
      4,
    );
    expect(forward).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect(flipped).toEqual(forward?.toReversed());
  });

  it('weights neighbours linearly when enlarging', async () => {
    const [rows] = await matrices([[1.25, 0.5]], 2, 4);
    expect(rows).toEqual([
      [0.25, 0.75, 0, 0],
      [0, 0.75, 0.25, 0],
    ]);
  });

  it('widens the filter when shrinking, so that stripes become grey', async () => {
    const [rows = []] = await matrices([[8, 4]], 5, 48);
    for (const row of rows) {
      const [even = 0, odd = 0] = [0, 1].map((parity) =>
        row.reduce((sum, w, i) => sum + (i % 2 === parity ? w : 0), 0),
      );
      expect(even + odd).toBeCloseTo(1, 5);
      expect(Math.abs(even - odd)).toBeLessThan(1e-5);
    }
  });

  it('sums every row to 1 inside and to 0 outside, at borders too', async () => {
    const [rows = []] = await matrices([[-3, 1.7]], 12, 10);
    const sums = rows.map((row) => row.reduce((sum, weight) => sum + weight, 0));
    const centres = rows.map((_, index) => -3 + 1.7 * index);
    for (const [index, centre] of centres.entries()) {
      expect(sums[index]).toBeCloseTo(centre >= 0 && centre <= 10 ? 1 : 0, 5);
    }
  });
});

interface Cut {
  readonly picture: Tensor;
  readonly size: number;
  readonly x: number[];
  readonly y: number[];
  readonly gains?: number[];
  readonly shifts?: number[];
  readonly noiseScale?: number;
  readonly noiseOffset?: number;
}

/** One cutout; channels of rows of pixels. */
async function cut(options: Cut): Promise<Float32Array> {
  const {
    picture,
    size,
    x,
    y,
    gains = [1, 1, 1],
    shifts = [0, 0, 0],
    noiseScale = 0,
    noiseOffset = 0,
  } = options;
  const b = new GraphBuilder();
  const input = b.input('picture', picture);
  b.output(cutViews(b, { picture: input, inputs: cutoutInputs(b, 1), size }), 'views');
  const results = await runGraph(b.build('cut'), {
    picture,
    'cutouts.x': float32([1, 2], x),
    'cutouts.y': float32([1, 2], y),
    'cutouts.gains': float32([1, 3], gains),
    'cutouts.shifts': float32([1, 3], shifts),
    'cutouts.noiseScales': float32([1], [noiseScale]),
    'cutouts.noiseOffsets': int64([1], [noiseOffset]),
  });
  return results['views']?.data as Float32Array; // float32 by construction
}

/** A picture whose value tells channel, row and column. */
function numbered(height: number, width: number): Tensor {
  const values = Float32Array.from(
    { length: 3 * height * width },
    (_, index) =>
      Math.floor(index / (height * width)) * 10 +
      (Math.floor(index / width) % height) +
      (index % width) / 100,
  );
  return float32([1, 3, height, width], values);
}

describe('cutViews', () => {
  it('crops rows by y and columns by x, each channel for itself', async () => {
    const views = await cut({ picture: numbered(5, 7), size: 2, x: [3.5, 1], y: [1.5, 1] });
    expect([...views].map((value) => Number(value.toFixed(3)))).toEqual([
      ...[1.03, 1.04, 2.03, 2.04],
      ...[11.03, 11.04, 12.03, 12.04],
      ...[21.03, 21.04, 22.03, 22.04],
    ]);
  });

  it('flips along x only when the step is negative', async () => {
    const views = await cut({ picture: numbered(5, 7), size: 2, x: [4.5, -1], y: [1.5, 1] });
    expect([...views.slice(0, 4)].map((value) => Number(value.toFixed(3)))).toEqual([1.04, 1.03, 2.04, 2.03]);
  });

  it('shows the mean colour of the edge beyond the picture', async () => {
    const pixels = new Float32Array(3 * 6 * 6).fill(0.25);
    pixels.fill(0.75, 0, 36);
    const views = await cut({ picture: float32([1, 3, 6, 6], pixels), size: 4, x: [-20, 1], y: [1, 1] });
    expect([...views.slice(0, 16)]).toEqual(new Array(16).fill(0.75));
    expect([...views.slice(16)]).toEqual(new Array(32).fill(0.25));
  });

  it('applies gain, then shift, by channel', async () => {
    const picture = float32([1, 3, 4, 4], new Float32Array(48).fill(0.5));
    const views = await cut({
      picture,
      size: 4,
      x: [0.5, 1],
      y: [0.5, 1],
      gains: [1, 2, 0],
      shifts: [0.25, 0, 0.125],
    });
    expect([views[0], views[16], views[32]]).toEqual([0.75, 1, 0.125]);
  });

  it('adds normal noise of the wanted deviation, another at another place of the bank', async () => {
    const common = {
      picture: float32([1, 3, 32, 32], new Float32Array(3072)),
      size: 32,
      x: [0.5, 1],
      y: [0.5, 1],
    };
    const one = await cut({ ...common, noiseScale: 0.5, noiseOffset: 0 });
    const two = await cut({ ...common, noiseScale: 0.5, noiseOffset: 9 });
    const variance = one.reduce((sum, value) => sum + value * value, 0) / one.length;
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
    expect([...two.slice(0, 100)]).toEqual([...one.slice(9, 109)]);
  });
});

describe('drawCutouts', () => {
  const draw = (width: number, height: number, count = 300) =>
    drawCutouts(randomFromSeed(3), { count, width, height, size: 16, noisePlaces: 50 });
  /** Windows as [left, right] in pixels. */
  const windows = (line: Float32Array) =>
    Array.from({ length: line.length / 2 }, (_, index) => {
      const [first = 0, step = 0] = line.subarray(index * 2, index * 2 + 2);
      const ends = [first - step / 2, first + 15.5 * step];
      return [Math.min(...ends), Math.max(...ends)] as const;
    });

  it('draws square windows, so that nothing is squashed', () => {
    const { x, y } = draw(96, 32);
    windows(x).forEach(([left, right], index) => {
      const [top, bottom] = windows(y)[index] ?? [0, 0];
      expect(right - left).toBeCloseTo(bottom - top, 3);
    });
  });

  it('shows the whole picture in the first third, wide or high', () => {
    for (const [width, height] of [
      [96, 32],
      [32, 96],
      [64, 64],
    ] as const) {
      const { x, y } = draw(width, height);
      for (let index = 0; index < 100; index += 1) {
        const [[left, right] = [0, 0], [top, bottom] = [0, 0]] = [windows(x)[index], windows(y)[index]];
        expect(left).toBeLessThan(1e-3);
        expect(right).toBeGreaterThan(width - 1e-3);
        expect(top).toBeLessThan(1e-3);
        expect(bottom).toBeGreaterThan(height - 1e-3);
      }
    }
  });

  it('draws the others between the recipe’s bounds, anywhere, half of them flipped', () => {
    const { x } = draw(64, 64, 3000);
    const crops = windows(x).slice(1000);
    const sides = crops.map(([left, right]) => right - left);
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(64 * 0.35 - 1);
    expect(Math.max(...sides)).toBeLessThanOrEqual(64 * CUTOUT_RECIPE.largest);
    expect(Math.max(...sides) - Math.min(...sides)).toBeGreaterThan(40);
    expect(Math.min(...crops.map(([left]) => left))).toBeLessThan(0);
    expect(Math.max(...crops.map(([, right]) => right))).toBeGreaterThan(64);
    const flips = x.filter((step, index) => index % 2 === 1 && step < 0).length;
    expect(Math.abs(flips - 1500)).toBeLessThan(120);
  });
});
