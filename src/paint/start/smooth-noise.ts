import type { Grid } from '../latent/codes.js';
import type { Random } from '../random.js';

/**
 * Normal noise on a grid, in raster order: every value of deviation 1, and alike over about `reach` cells. White noise through a
 * Gaussian of that deviation, its weights scaled to a sum of squares of 1 wherever the edge cuts them.
 */
export function smoothNoise(random: Random, { rows, columns }: Grid, reach: number): Float32Array {
  const white = Float32Array.from({ length: rows * columns }, () => random.normal());
  const across = kernels(columns, reach);
  const down = kernels(rows, reach);
  const along = Float32Array.from(white, (_, cell) => {
    const row = cell - (cell % columns);
    return sumOf(across[cell % columns], (at) => white[row + at] ?? 0);
  });
  return Float32Array.from(white, (_, cell) =>
    sumOf(down[Math.floor(cell / columns)], (at) => along[at * columns + (cell % columns)] ?? 0),
  );
}

function sumOf(weights: readonly number[] = [], valueAt: (at: number) => number): number {
  return weights.reduce((sum, weight, at) => sum + weight * valueAt(at), 0);
}

/** For every place along a side, what all of the side's places count there. */
function kernels(length: number, reach: number): readonly (readonly number[])[] {
  const places = Array.from({ length }, (_, at) => at);
  return places.map((centre) => {
    const raw = places.map((at) => Math.exp(-((at - centre) ** 2) / (2 * reach * reach)));
    const norm = Math.hypot(...raw);
    return raw.map((weight) => weight / norm);
  });
}
