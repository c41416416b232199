import { describe, expect, it } from 'vitest';
import { regionOf, withInside } from '../../../src/paint/start/inside.js';

const GRID = { rows: 4, columns: 6 };

/** A mask of 8 pixels a cell, white within a rectangle of pixels. */
function maskOf(left: number, top: number, right: number, bottom: number) {
  const [width, height] = [48, 32];
  const pixels = new Uint8Array(3 * width * height);
  for (let y = top; y < bottom; y += 1) pixels.fill(255, 3 * (y * width + left), 3 * (y * width + right));
  return { width, height, pixels };
}

describe('the region of a mask', () => {
  it('is the smallest rectangle of cells around what is white', () => {
    const { top, left, rows, columns, painted } = regionOf(maskOf(16, 8, 40, 24), GRID);
    expect({ top, left, rows, columns }).toEqual({ top: 1, left: 2, rows: 2, columns: 3 });
    expect(painted.filter(Boolean)).toHaveLength(6);
  });

  it('has no cell of which next to nothing is white', () => {
    expect(regionOf(maskOf(16, 8, 41, 24), GRID).columns).toBe(3);
    expect(regionOf(maskOf(16, 8, 45, 24), GRID).columns).toBe(4);
  });

  it('is all of the grid where nothing is white, and where all is', () => {
    const whole = { top: 0, left: 0, ...GRID };
    expect(regionOf(maskOf(0, 0, 0, 0), GRID)).toMatchObject(whole);
    expect(regionOf(maskOf(0, 0, 48, 32), GRID)).toMatchObject(whole);
  });
});

describe('a latent inside another', () => {
  it('lies in the painted cells alone, in every channel', () => {
    const region = { top: 1, left: 1, rows: 1, columns: 2, painted: [0, 0, 0, 0, 1, 1].map(Boolean) };
    const outer = Float32Array.from({ length: 12 }, (_, at) => at);
    const inner = Float32Array.from([100, 101, 200, 201]);
    expect([...withInside(outer, inner, { grid: { rows: 2, columns: 3 }, region })]).toEqual([
      ...[0, 1, 2, 3, 100, 101],
      ...[6, 7, 8, 9, 200, 201],
    ]);
  });
});
