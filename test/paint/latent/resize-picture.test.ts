import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { coverPlanes, extendToShape, pictureFromPlanes } from '../../../src/paint/latent/resize-picture.js';

/** Red tells the column, green the row, blue is flat. */
function chart(width: number, height: number): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    pixels.set([index % width, Math.floor(index / width), 51], index * 3);
  }
  return { width, height, pixels };
}

const row = (planes: Float32Array, channel: number, { width, height }: { width: number; height: number }) =>
  [...planes.slice(channel * width * height, channel * width * height + width)].map((value) =>
    Math.round(value * 255),
  );

describe('coverPlanes', () => {
  it('keeps a picture of the wanted size as it is, as planes in 0…1', () => {
    const planes = coverPlanes(chart(4, 3), 4, 3);
    expect(row(planes, 0, { width: 4, height: 3 })).toEqual([0, 1, 2, 3]);
    expect(planes[24]).toBeCloseTo(0.2, 6);
    expect(pictureFromPlanes(planes, 4, 3)).toEqual(chart(4, 3));
  });

  it('cuts the middle out of a picture of another shape', () => {
    expect(row(coverPlanes(chart(12, 4), 4, 4), 0, { width: 4, height: 4 })).toEqual([4, 5, 6, 7]);
    const tall = coverPlanes(chart(4, 12), 4, 4);
    expect([0, 4, 8, 12].map((index) => Math.round((tall[16 + index] ?? 0) * 255))).toEqual([4, 5, 6, 7]);
  });

  it('averages what it shrinks and blends what it enlarges', () => {
    const stripes: Picture = {
      width: 64,
      height: 8,
      pixels: new Uint8Array(64 * 8 * 3).map((_, i) => (Math.floor(i / 3) % 2) * 255),
    };
    const shrunk = coverPlanes(stripes, 8, 1);
    // Away from the edges, where the filter has both sides.
    for (const value of shrunk.slice(1, 7)) expect(value).toBeCloseTo(0.5, 2);
    const enlarged = row(coverPlanes(chart(4, 4), 8, 8), 0, { width: 8, height: 8 });
    expect(enlarged).toEqual(enlarged.toSorted((a, b) => a - b));
    expect(enlarged.at(-1)).toBe(3);
  });
});

describe('pictureFromPlanes', () => {
  it('clamps and rounds', () => {
    const { pixels } = pictureFromPlanes([-1, 2, 0.5], 1, 1);
    expect([...pixels]).toEqual([0, 255, 128]);
  });
});

describe('extendToShape', () => {
  const columns = ({ pixels, width }: Picture, y: number) =>
    Array.from({ length: width }, (_, x) => pixels[(y * width + x) * 3]);

  it('leaves a picture of that shape as it is', () => {
    expect(extendToShape(chart(6, 4), { rows: 2, columns: 3 })).toEqual(chart(6, 4));
  });

  it('sets it in the middle and repeats its edge at both sides', () => {
    const wide = extendToShape(chart(3, 3), { rows: 3, columns: 6 });
    expect([wide.width, wide.height]).toEqual([6, 3]);
    expect(columns(wide, 2)).toEqual([0, 0, 1, 2, 2, 2]);
    const tall = extendToShape(chart(2, 3), { rows: 12, columns: 4 });
    expect([tall.width, tall.height]).toEqual([2, 6]);
    expect([0, 1, 2, 3, 4, 5].map((y) => tall.pixels[y * 6 + 1])).toEqual([0, 0, 1, 2, 2, 2]);
  });
});
