import { describe, expect, it } from 'vitest';
import { cutOut, pastedOver, regionOf } from '../../../src/paint/start/inside.js';

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
    expect(regionOf(maskOf(16, 8, 40, 24), GRID)).toEqual({ top: 1, left: 2, rows: 2, columns: 3 });
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

/** A disc of one colour before a ground. */
function discOn(ground: (x: number, y: number) => readonly number[]) {
  const pixels = Array.from({ length: 16 * 16 }, (_, at) => {
    const [x, y] = [at % 16, Math.floor(at / 16)];
    return Math.hypot(x - 7.5, y - 7.5) < 5 ? [200, 30, 30] : ground(x, y);
  });
  return { width: 16, height: 16, pixels: Uint8Array.from(pixels.flat()) };
}

describe('a drawing', () => {
  it('before an even ground is cut out of it', () => {
    const shares = cutOut(discOn((x) => [250 - (x % 2), 250, 245]));
    expect(shares[8 * 16 + 8]).toBe(1);
    expect(shares[0]).toBe(0);
    expect(shares[15 * 16 + 7]).toBe(0);
  });

  it('before an uneven one fades towards its edges', () => {
    const shares = cutOut(discOn((x, y) => [16 * x, 255 - 16 * y, 60]));
    expect(shares[8 * 16 + 8]).toBe(1);
    expect(shares[8 * 16]).toBeLessThan(0.2);
    expect(shares[8 * 16 + 2]).toBeGreaterThan(shares[8 * 16] ?? 1);
  });

  it('lies where it was put, and leaves what is under its ground', () => {
    const night = { width: 48, height: 32, pixels: new Uint8Array(3 * 48 * 32).fill(9) };
    const { pixels } = pastedOver(
      night,
      discOn(() => [250, 250, 250]),
      { left: 20, top: 10 },
    );
    const at = (x: number, y: number) => [...pixels.subarray(3 * (y * 48 + x), 3 * (y * 48 + x) + 3)];
    expect(at(28, 18)).toEqual([200, 30, 30]);
    expect([at(20, 10), at(35, 25), at(5, 5)]).toEqual([
      [9, 9, 9],
      [9, 9, 9],
      [9, 9, 9],
    ]);
  });
});
