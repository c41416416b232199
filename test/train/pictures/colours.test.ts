import { describe, expect, it } from 'vitest';
import { randomFromSeed } from '../../../src/paint/random.js';
import { changeColours, randomColours } from '../../../src/train/pictures/colours.js';

const SIDE = 1;
const GREY = [0.5, 0.5, 0.5];
const RED = [0.8, -0.4, -0.4];

function changed(pixels: readonly number[], change: Parameters<typeof changeColours>[2]) {
  const batch = Float32Array.from([...GREY, ...pixels]);
  changeColours(batch, { index: 1, side: SIDE }, change);
  expect([...batch.subarray(0, 3)]).toEqual(GREY);
  return [...batch.subarray(3)];
}

describe('changeColours', () => {
  it('brightens, and cuts off what leaves the range', () => {
    const [red, green, blue] = changed(RED, { brightness: 0.3, contrast: 1, saturation: 1 });
    expect(red).toBe(1);
    expect(green).toBeCloseTo(-0.1);
    expect(blue).toBeCloseTo(-0.1);
  });

  it('takes the colours out and leaves how bright they are', () => {
    const grey = 0.299 * 0.8 - 0.701 * 0.4;
    for (const value of changed(RED, { brightness: 0, contrast: 1, saturation: 0 }))
      expect(value).toBeCloseTo(grey);
  });

  it('spreads values from middle grey', () => {
    const [red, green] = changed(RED, { brightness: 0, contrast: 0.5, saturation: 1 });
    expect(red).toBeCloseTo(0.4);
    expect(green).toBeCloseTo(-0.2);
  });
});

describe('randomColours', () => {
  it('stays within what was asked, on both sides', () => {
    const random = randomFromSeed(1);
    const drawn = Array.from({ length: 100 }, () => randomColours(random, 0.2));
    for (const values of [
      drawn.map(({ brightness }) => brightness + 1),
      drawn.map(({ contrast }) => contrast),
      drawn.map(({ saturation }) => saturation),
    ]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0.8);
      expect(Math.min(...values)).toBeLessThan(0.85);
      expect(Math.max(...values)).toBeLessThanOrEqual(1.2);
      expect(Math.max(...values)).toBeGreaterThan(1.15);
    }
  });
});
