import type { Codec } from '../latent/codec.js';
import { codesOnGrid, type Grid, isSameGrid } from '../latent/codes.js';
import { extendToShape } from '../latent/resize-picture.js';

export interface Placing {
  /** The grid it was drawn on. */
  readonly from: Grid;
  readonly to: Grid;
  readonly codec: Codec;
}

/**
 * A sample of the prior as codes on another grid: decoded as it was drawn, scaled as a picture and encoded again. A code says
 * what its patch looks like down to the pixel, so codes that are only repeated make blocks of a larger picture; they have
 * to do where a model has no encoder.
 */
export async function sampleOnGrid(codes: Int32Array, { from, to, codec }: Placing): Promise<Int32Array> {
  if (isSameGrid(from, to)) return codes;
  if (!codec.canEncode) return codesOnGrid(codes, from, to);
  return codec.encode(extendToShape(await codec.decode(codes, from), to), to);
}
