import type { Tensor } from 'onnx-gradients/graph';
import type { Picture } from '../../contracts/picture.js';
import type { Grid } from '../latent/codes.js';
import type { Random } from '../random.js';
import { smoothNoise } from './smooth-noise.js';

/** Over which share of a side what varies together reaches. */
const REACH = { places: 1 / 6, latent: 1 / 8 } as const;
/** What a variation of 1 means: how far places move, in shares of a side, and the latent, in deviations of the codebook. */
const STRENGTH = { places: 0.08, latent: 1.5 } as const;

export interface Variation {
  /** 0 leaves everything as it is; 1 is bold. */
  readonly by: number;
  readonly grid: Grid;
  readonly random: Random;
}

/** A picture whose parts are moved, grown and shrunk, by a field of displacements that has no folds while `by` is small. */
export function warped(picture: Picture, { by, grid, random }: Variation): Picture {
  const { width, height } = picture;
  const fieldAlong = (side: number) => {
    const reach = REACH.places * Math.min(grid.rows, grid.columns);
    return smoothNoise(random, grid, reach).map((value) => by * STRENGTH.places * side * value);
  };
  const side = Math.min(width, height);
  const [across, down] = [fieldAlong(side), fieldAlong(side)];
  const pixels = new Uint8Array(picture.pixels.length);
  for (let index = 0; index < width * height; index += 1) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const cell = {
      x: ((x + 0.5) * grid.columns) / width - 0.5,
      y: ((y + 0.5) * grid.rows) / height - 0.5,
    };
    const from = {
      x: x + between(cell, grid, (at) => across[at] ?? 0),
      y: y + between(cell, grid, (at) => down[at] ?? 0),
    };
    const canvas = { rows: height, columns: width };
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[3 * index + channel] = Math.round(
        between(from, canvas, (at) => picture.pixels[3 * at + channel] ?? 0),
      );
    }
  }
  return { width, height, pixels };
}

/** The value between four neighbours of a grid (bilinear); beyond the edge it goes on as it is there. */
function between(
  { x, y }: { readonly x: number; readonly y: number },
  { rows, columns }: Grid,
  valueAt: (index: number) => number,
): number {
  const column = Math.min(columns - 1, Math.max(0, x));
  const row = Math.min(rows - 1, Math.max(0, y));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, below] = [Math.min(columns - 1, left + 1), Math.min(rows - 1, top + 1)];
  const mix = (one: number, other: number, share: number) => one + share * (other - one);
  const inRow = (at: number) =>
    mix(valueAt(at * columns + left), valueAt(at * columns + right), column - left);
  return mix(inRow(top), inRow(below), row - top);
}

/**
 * A latent [dim, rows, columns] with normal noise, in deviations of the codebook's rows channel by channel. Noise of its own in
 * every cell would be lost: in many dimensions it comes nearer to no other code, or else tears the picture to pieces.
 */
export function shaken(
  latent: Float32Array,
  { by, grid, random, codebook }: Variation & { readonly codebook: Tensor },
): Float32Array {
  const [, dim = 1] = codebook.shape;
  const reach = REACH.latent * Math.min(grid.rows, grid.columns);
  const cells = latent.length / dim;
  const result = Float32Array.from(latent);
  for (let channel = 0; channel < dim; channel += 1) {
    const size = by * STRENGTH.latent * deviationOf(codebook, channel);
    for (const [cell, value] of smoothNoise(random, grid, reach).entries()) {
      const index = channel * cells + cell;
      result[index] = (latent[index] ?? 0) + size * value;
    }
  }
  return result;
}

function deviationOf({ data, shape }: Tensor, channel: number): number {
  const [codes = 1, dim = 1] = shape;
  let [sum, squares] = [0, 0];
  for (let code = 0; code < codes; code += 1) {
    const value = Number(data[code * dim + channel]);
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / codes - (sum / codes) ** 2));
}
