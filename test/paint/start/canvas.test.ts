import { describe, expect, it } from 'vitest';
import { canvasFor, placesIn, windowsOver } from '../../../src/paint/start/canvas.js';

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
      windowsOver(canvas, { rows: 5, columns: 3 }).flatMap((window) =>
        placesIn(window, canvas, { rows: 5, columns: 3 }),
      ),
    );
    expect(covered.size).toBe(13 * 7);
    expect(Math.max(...covered)).toBe(13 * 7 - 1);
  });
});

describe('placesIn', () => {
  it('are rows of the canvas from where the window stands', () => {
    const places = placesIn({ top: 1, left: 2 }, { rows: 3, columns: 6 }, { rows: 2, columns: 3 });
    expect(places).toEqual([8, 9, 10, 14, 15, 16]);
  });
});
