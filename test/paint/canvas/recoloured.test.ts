import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { recoloured } from '../../../src/paint/canvas/recoloured.js';

/** Shades between two colours. */
function between(from: readonly number[], to: readonly number[]): Picture {
  const pixels = Array.from({ length: 64 }, (_, at) =>
    from.map((value, channel) => Math.round(value + ((to[channel] ?? 0) - value) * (at / 63))),
  );
  return { width: 8, height: 8, pixels: Uint8Array.from(pixels.flat()) };
}

const meanOf = ({ pixels }: Picture, channel: number) =>
  pixels.filter((_, at) => at % 3 === channel).reduce((sum, value) => sum + value, 0) / (pixels.length / 3);

const grey = between([60, 60, 60], [180, 180, 180]);
const sunset = between([90, 20, 60], [250, 160, 40]);

describe('a recoloured picture', () => {
  it('stays as it is by a share of 0, to a rounding', () => {
    for (const [at, value] of recoloured(sunset, grey, 0).pixels.entries()) {
      expect(Math.abs(value - (sunset.pixels[at] ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it.each([0.5, 1])('comes a share of %d of the way to the other’s mean colour', (share) => {
    const moved = recoloured(sunset, grey, share);
    for (const channel of [0, 1, 2]) {
      const [own, wanted] = [meanOf(sunset, channel), meanOf(grey, channel)];
      expect(Math.abs(meanOf(moved, channel) - (own + share * (wanted - own)))).toBeLessThan(2);
    }
  });

  it('keeps what is light above what is dark', () => {
    const { pixels } = recoloured(grey, sunset, 1);
    const lights = Array.from({ length: 64 }, (_, at) => pixels[3 * at + 1] ?? 0);
    expect(lights).toEqual(lights.toSorted((a, b) => a - b));
    expect((lights.at(-1) ?? 0) - (lights[0] ?? 0)).toBeGreaterThan(60);
  });

  it('takes a picture of one colour, and a palette of one', () => {
    const flat = between([9, 9, 9], [9, 9, 9]);
    expect(meanOf(recoloured(flat, sunset, 1), 0)).toBeCloseTo(meanOf(sunset, 0), 0);
    expect(new Set(recoloured(sunset, flat, 1).pixels)).toEqual(new Set([9]));
  });
});
