import type { Picture } from '../../contracts/picture.js';
import type { Codec } from '../../paint/latent/codec.js';
import type { Grid } from '../../paint/latent/codes.js';
import { placesIn, windowsOver } from '../../paint/start/canvas.js';

export interface WindowFigureOptions {
  /** A canvas that a prior drew, in raster order. */
  readonly codes: Int32Array;
  readonly canvas: Grid;
  /** The prior's own grid, the size of its window. */
  readonly own: Grid;
  readonly codec: Codec;
}

const NOT_YET = [226, 232, 240] as const;
const FRAME = [220, 38, 38] as const;

/** One picture a position of the sliding window: what has been drawn when it has passed there, and where it stands. */
export async function windowFigure(options: WindowFigureOptions): Promise<readonly Picture[]> {
  const { codes, canvas, own, codec } = options;
  const whole = await codec.decode(codes, canvas);
  const cell = whole.width / canvas.columns;
  const drawn = new Set<number>();
  return windowsOver(canvas, own).map((window) => {
    const places = placesIn(window, canvas, own);
    for (const place of places) drawn.add(place);
    const pixels = whole.pixels.slice();
    const [top, left] = [window.top * cell, window.left * cell];
    const [bottom, right] = [top + own.rows * cell - 1, left + own.columns * cell - 1];
    for (let y = 0; y < whole.height; y += 1) {
      for (let x = 0; x < whole.width; x += 1) {
        const place = Math.floor(y / cell) * canvas.columns + Math.floor(x / cell);
        const isInside = y >= top && y <= bottom && x >= left && x <= right;
        const isEdge = isInside && (y === top || y === bottom || x === left || x === right);
        const at = (y * whole.width + x) * 3;
        if (isEdge) pixels.set(FRAME, at);
        else if (!drawn.has(place)) pixels.set(NOT_YET, at);
      }
    }
    return { ...whole, pixels };
  });
}
