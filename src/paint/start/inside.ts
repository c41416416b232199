import type { Picture } from '../../contracts/picture.js';
import type { Grid } from '../latent/codes.js';
import { coverPlanes } from '../latent/resize-picture.js';

/** How much of a cell has to be painted for its beginning to count. */
const SHARE = 0.25;

/** The cells of a grid that are painted, in the smallest rectangle around them. */
export interface Region extends Grid {
  readonly top: number;
  readonly left: number;
  /** Of the whole grid, row by row: whether a cell is painted. */
  readonly painted: readonly boolean[];
}

/** Where on a grid a mask lets painting happen; the whole grid where it is nowhere white enough. */
export function regionOf(mask: Picture, { rows, columns }: Grid): Region {
  const shares = coverPlanes(mask, columns, rows).subarray(0, rows * columns);
  const painted = Array.from(shares, (share) => share >= SHARE);
  const places = painted.flatMap((is, at) => (is ? [[Math.floor(at / columns), at % columns] as const] : []));
  if (places.length === 0) return { top: 0, left: 0, rows, columns, painted: painted.map(() => true) };
  const [ys, xs] = [places.map(([row]) => row), places.map(([, column]) => column)];
  const [top, left] = [Math.min(...ys), Math.min(...xs)];
  return { top, left, rows: Math.max(...ys) - top + 1, columns: Math.max(...xs) - left + 1, painted };
}

/** A latent [dim, rows, columns] with another one, of the region's rectangle, in its painted cells. */
export function withInside(
  latent: Float32Array,
  inner: Float32Array,
  { grid, region }: { readonly grid: Grid; readonly region: Region },
): Float32Array {
  const { rows, columns } = grid;
  const { top, left, painted } = region;
  return latent.map((value, index) => {
    const cell = index % (rows * columns);
    if (!painted[cell]) return value;
    const [row, column] = [Math.floor(cell / columns) - top, (cell % columns) - left];
    const channel = Math.floor(index / (rows * columns));
    return inner[(channel * region.rows + row) * region.columns + column] ?? value;
  });
}
