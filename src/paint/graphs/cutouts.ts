import { float32, type GraphBuilder, int64, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { randomFromSeed } from '../random.js';
import { resamplingMatrices } from './resample.js';

/** The inputs a step's cutouts are made from; see `CutoutNumbers`. */
export interface CutoutInputs {
  readonly x: Value;
  readonly y: Value;
  readonly gains: Value;
  readonly shifts: Value;
  readonly noiseScales: Value;
  readonly noiseOffsets: Value;
}

/** Places of the noise bank a cutout can start at; the bank is longer than this by one cutout. */
export const NOISE_PLACES = 1 << 16;
const NOISE_SEED = 0x5eed;

/** Declares the cutout inputs of a graph. */
export function cutoutInputs(b: GraphBuilder, count: number): CutoutInputs {
  const input = (name: string, shape: readonly number[]) =>
    b.input(`cutouts.${name}`, { elementType: 'float32', shape });
  return {
    x: input('x', [count, 2]),
    y: input('y', [count, 2]),
    gains: input('gains', [count, 3]),
    shifts: input('shifts', [count, 3]),
    noiseScales: input('noiseScales', [count]),
    noiseOffsets: b.input('cutouts.noiseOffsets', { elementType: 'int64', shape: [count] }),
  };
}

export interface CutoutViews {
  /** [1, 3, H, W] in 0…1. */
  readonly picture: Value;
  readonly inputs: CutoutInputs;
  /** CLIP's side, S. */
  readonly size: number;
}

/**
 * Cuts views [n, 3, S, S] out of a picture: R_y·(X − f)·R_xᵀ + f, then colour gains and shifts, then noise. f is the mean
 * colour of the picture's edge, which is what a window shows beyond it.
 */
export function cutViews(b: GraphBuilder, { picture, inputs, size }: CutoutViews): Value {
  const [, , height = 0, width = 0] = picture.type.shape;
  const [n = 0] = inputs.x.type.shape;
  const across = resamplingMatrices(b, { line: inputs.x, size, length: width });
  const down = resamplingMatrices(b, { line: inputs.y, size, length: height });
  const fill = edgeColour(b, picture);
  const views = op.add(b, projectViews(b, op.sub(b, picture, fill), { across, down }), fill);
  const coloured = op.add(
    b,
    op.mul(b, views, op.reshape(b, inputs.gains, [n, 3, 1, 1])),
    op.reshape(b, inputs.shifts, [n, 3, 1, 1]),
  );
  return op.add(b, coloured, noise(b, inputs, size));
}

/** R_y·X·R_xᵀ for a picture [1, 3, H, W] and matrices [n, S, W] and [n, S, H]: views [n, 3, S, S]. */
export function projectViews(
  b: GraphBuilder,
  picture: Value,
  { across, down }: { readonly across: Value; readonly down: Value },
): Value {
  const [, , height = 0, width = 0] = picture.type.shape;
  const [n = 0, size = 0] = across.type.shape;
  const rows = op.reshape(b, picture, [3 * height, width]);
  // One product for all cutouts: [3H, W] · [W, n·S].
  const columns = op.reshape(b, op.transpose(b, across, [2, 0, 1]), [width, n * size]);
  const narrowed = op.reshape(b, op.matMul(b, rows, columns), [3, height, n, size]);
  const stacked = op.reshape(b, op.transpose(b, narrowed, [2, 1, 0, 3]), [n, height, 3 * size]);
  const shrunk = op.reshape(b, op.matMul(b, down, stacked), [n, size, 3, size]);
  return op.transpose(b, shrunk, [0, 2, 1, 3]);
}

/** The mean colour [1, 3, 1, 1] of the outermost rows and columns. */
function edgeColour(b: GraphBuilder, picture: Value): Value {
  const edges = [2, 3].flatMap((axis) =>
    [0, (picture.type.shape[axis] ?? 1) - 1].map((at) => {
      const edge = op.slice(b, picture, { starts: [at], ends: [at + 1], axes: [axis] });
      return op.reduceMean(b, edge, [2, 3]);
    }),
  );
  return op.mul(b, op.sum(b, edges), b.scalar(1 / edges.length));
}

/**
 * Normal noise [n, 3, S, S] out of a constant bank, read at a place and scaled per cutout. (ONNX's RandomNormal can
 * neither repeat nor go on after a pause.)
 */
function noise(b: GraphBuilder, inputs: CutoutInputs, size: number): Value {
  const [n = 0] = inputs.noiseScales.type.shape;
  const length = 3 * size * size;
  const random = randomFromSeed(NOISE_SEED);
  const bank = Float32Array.from({ length: NOISE_PLACES + length }, () => random.normal());
  const places = int64(
    [1, length],
    Array.from({ length }, (_, index) => index),
  );
  const indices = op.add(b, op.reshape(b, inputs.noiseOffsets, [n, 1]), b.constant(places, 'noise.places'));
  const drawn = op.gather(b, b.constant(float32([bank.length], bank), 'noise.bank'), indices);
  const scaled = op.mul(b, drawn, op.reshape(b, inputs.noiseScales, [n, 1]));
  return op.reshape(b, scaled, [n, 3, size, size]);
}
