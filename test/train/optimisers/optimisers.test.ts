import { describe, expect, it } from 'vitest';
import { adamW } from '../../../src/train/optimisers/adamw.js';
import { followAverage } from '../../../src/train/optimisers/average.js';
import { clipNorm } from '../../../src/train/optimisers/clip-norm.js';
import { rateAt } from '../../../src/train/optimisers/schedule.js';

describe('AdamW', () => {
  it('moves by the rate against the sign of the first gradient, and shrinks weights apart from it', () => {
    const moments = {
      weights: Float32Array.of(1, -2, 3),
      gradients: Float32Array.of(0.5, -4, 0),
      first: new Float32Array(3),
      second: new Float32Array(3),
    };
    adamW(moments, 1, { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0, decay: 0.5 });
    expect([...moments.weights.slice(0, 2)]).toEqual([
      expect.closeTo(1 * 0.95 - 0.1, 6),
      expect.closeTo(-2 * 0.95 + 0.1, 6),
    ]);
    expect([...moments.first]).toEqual([expect.closeTo(0.05, 6), expect.closeTo(-0.4, 6), 0]);
    expect([...moments.second]).toEqual([expect.closeTo(0.0025, 6), expect.closeTo(0.16, 6), 0]);
  });
});

describe('the learning rate', () => {
  const schedule = { peak: 1, warmUp: 10, steps: 110, floor: 0.2 };
  it('rises straight to its peak, then falls by half a cosine to its floor, and stays there', () => {
    expect(rateAt(1, schedule)).toBeCloseTo(0.1, 12);
    expect(rateAt(10, schedule)).toBe(1);
    expect(rateAt(60, schedule)).toBeCloseTo(0.6, 12);
    expect(rateAt(110, schedule)).toBeCloseTo(0.2, 12);
    expect(rateAt(500, schedule)).toBeCloseTo(0.2, 12);
  });
});

describe('clipping gradients', () => {
  it('shortens those that are too long, leaves others alone, and tells how long they were', () => {
    const [long, short] = [Float32Array.of(3, 4), Float32Array.of(0.3, 0.4)];
    expect(clipNorm(long, 1)).toBe(5);
    expect([...long]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
    expect(clipNorm(short, 1)).toBeCloseTo(0.5, 6);
    expect([...short]).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.4, 6)]);
  });
});

describe('the mean of the weights', () => {
  it('follows closely at first and slowly later', () => {
    const weights = Float32Array.of(1);
    const [early, late] = [Float32Array.of(0), Float32Array.of(0)];
    followAverage(early, weights, 1, 0.99);
    followAverage(late, weights, 100_000, 0.99);
    expect(early[0]).toBeCloseTo(9 / 11, 6);
    expect(late[0]).toBeCloseTo(0.01, 6);
  });
});
