import { describe, expect, it } from 'vitest';
import { canvasFor, middlePlace, windowsOver } from '../../src/paint/canvas.js';

const own = { rows: 16, columns: 16 };

describe('canvasFor', () => {
  it('is the own grid for a square picture of any size', () => {
    for (const side of [8, 16, 64]) expect(canvasFor(own, { rows: side, columns: side })).toEqual(own);
  });

  it('draws the longer side out to the shape of the picture', () => {
    expect(canvasFor(own, { rows: 16, columns: 28 })).toEqual({ rows: 16, columns: 28 });
    expect(canvasFor(own, { rows: 64, columns: 32 })).toEqual({ rows: 32, columns: 16 });
    expect(canvasFor(own, { rows: 8, columns: 12 })).toEqual({ rows: 16, columns: 24 });
  });

  it('ends at three windows', () => {
    expect(canvasFor(own, { rows: 8, columns: 256 })).toEqual({ rows: 16, columns: 48 });
  });
});

describe('windowsOver', () => {
  it('is one window on the own grid', () => {
    expect(windowsOver(own, own)).toEqual([{ top: 0, left: 0 }]);
  });

  it('moves by half a window and ends at the edge', () => {
    expect(windowsOver({ rows: 16, columns: 28 }, own).map(({ left }) => left)).toEqual([0, 8, 12]);
    expect(windowsOver({ rows: 17, columns: 24 }, own)).toEqual([
      { top: 0, left: 0 },
      { top: 0, left: 8 },
      { top: 1, left: 0 },
      { top: 1, left: 8 },
    ]);
  });

  it('covers every place of a canvas of odd sides', () => {
    const canvas = { rows: 13, columns: 7 };
    const covered = new Set(
      windowsOver(canvas, { rows: 5, columns: 3 }).flatMap(({ top, left }) =>
        Array.from({ length: 15 }, (_, index) => (top + Math.floor(index / 3)) * 7 + left + (index % 3)),
      ),
    );
    expect(covered.size).toBe(13 * 7);
    expect(Math.max(...covered)).toBe(13 * 7 - 1);
  });
});

describe('middlePlace', () => {
  const three = { rows: 3, columns: 3 };
  const placesOn = (canvas: { rows: number; columns: number }) =>
    Array.from({ length: canvas.rows * canvas.columns }, (_, index) => middlePlace(index, canvas, three));

  it('is the place itself on the own grid', () => {
    expect(placesOn(three)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('repeats the edges beyond the middle', () => {
    expect(placesOn({ rows: 3, columns: 6 }).slice(6, 12)).toEqual([3, 3, 4, 5, 5, 5]);
    expect(placesOn({ rows: 5, columns: 3 })).toEqual([0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 6, 7, 8]);
  });
});
