import type { Tensor } from 'onnx-gradients/graph';

/** A grid of latent cells. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

export const isSameGrid = (one: Grid, other: Grid): boolean =>
  one.rows === other.rows && one.columns === other.columns;

/** The codebook rows of code indices (in raster order) as a latent [dim, rows, columns]. */
export function latentOfCodes(codes: ArrayLike<number>, { data, shape }: Tensor): Float32Array {
  const [, dim = 1] = shape;
  const cells = codes.length;
  const latent = new Float32Array(dim * cells);
  for (let cell = 0; cell < cells; cell += 1) {
    for (let channel = 0; channel < dim; channel += 1) {
      latent[channel * cells + cell] = Number(data[(codes[cell] ?? 0) * dim + channel]);
    }
  }
  return latent;
}

/**
 * Codes on another grid, nothing squashed: scaled so that the shorter side fits, in the middle; what lies beyond repeats the
 * edge.
 */
export function codesOnGrid(codes: Int32Array, from: Grid, to: Grid): Int32Array {
  const scale = Math.min(to.rows / from.rows, to.columns / from.columns);
  const place = (index: number, length: number, source: number) => {
    const at = Math.floor((index + 0.5 - (length - source * scale) / 2) / scale);
    return Math.min(source - 1, Math.max(0, at));
  };
  return Int32Array.from({ length: to.rows * to.columns }, (_, index) => {
    const row = place(Math.floor(index / to.columns), to.rows, from.rows);
    const column = place(index % to.columns, to.columns, from.columns);
    return codes[row * from.columns + column] ?? 0;
  });
}
