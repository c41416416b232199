import type { Grid } from '../latent/codes.js';

/** Canvases longer than so many windows are not drawn: what a prior adds at the ends is background only. */
const LONGEST = 3;

/** A window of the prior's size on a larger grid. */
export interface Window {
  readonly top: number;
  readonly left: number;
}

/** What a prior draws for a picture on the wanted grid: its own grid, the longer side drawn out to the wanted shape. */
export function canvasFor(own: Grid, wanted: Grid): Grid {
  const scale = Math.min(wanted.rows / own.rows, wanted.columns / own.columns);
  const side = (length: number, window: number) =>
    Math.min(Math.max(window, Math.round(length / scale)), LONGEST * window);
  return { rows: side(wanted.rows, own.rows), columns: side(wanted.columns, own.columns) };
}

/**
 * Where the sliding window stands, one after the other: from the top left in steps of half a window, so that each sees half of what
 * is there already and adds the rest; the last ones lie at the edge.
 */
export function windowsOver(canvas: Grid, own: Grid): readonly Window[] {
  const starts = (length: number, window: number) => {
    const last = length - window;
    const step = Math.ceil(window / 2);
    return Array.from({ length: Math.ceil(last / step) + 1 }, (_, index) => Math.min(index * step, last));
  };
  return starts(canvas.rows, own.rows).flatMap((top) =>
    starts(canvas.columns, own.columns).map((left) => ({ top, left })),
  );
}

/** The canvas's indices that a window of the prior's own size lies on, in the order of its positions. */
export function placesIn({ top, left }: Window, canvas: Grid, own: Grid): readonly number[] {
  return Array.from(
    { length: own.rows * own.columns },
    (_, position) =>
      (top + Math.floor(position / own.columns)) * canvas.columns + left + (position % own.columns),
  );
}
