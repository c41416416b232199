import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { float32, int64 } from 'onnx-gradients/graph';
import type { Effects } from '../canvas/effects.js';
import { projectViews } from './cutouts.js';

export interface ReferenceViews {
  /** CLIP's side, S. */
  readonly size: number;
  /** Views, n. */
  readonly count: number;
  readonly compat: NonNullable<Effects['compat']>;
}

/**
 * Views [n, 3, S, S] as VQGAN-CLIP's own loop makes them (Crowson et al. 2022, and the programs published with it), with
 * everything that chance decides as an input: a crop or the whole picture brought to CLIP's size by adaptive pooling, then warped,
 * recoloured, and noise added.
 *
 * Declares `cutouts.crops` [n, 3] (left, top, side in pixels; for `crops`), `cutouts.warps` [n, 3, 3] (where a view looks, in
 * −1…1 with x first), `cutouts.colours` [n, 3, 3] and `cutouts.noise` [n, 3, S, S].
 */
export function referenceViews(b: GraphBuilder, picture: Value, options: ReferenceViews): Value {
  const { size, count, compat } = options;
  const input = (name: string, shape: readonly number[]) =>
    b.input(`cutouts.${name}`, { elementType: 'float32', shape });
  const shrunk =
    compat === 'crops'
      ? cropped(b, picture, { crops: input('crops', [count, 3]), size })
      : op.expand(b, pooled(b, picture, size), [count, 3, size, size]);
  const warped = warp(b, shrunk, input('warps', [count, 3, 3]));
  const flat = op.reshape(b, warped, [count, 3, size * size]);
  const coloured = op.reshape(b, op.matMul(b, input('colours', [count, 3, 3]), flat), shrunk.type.shape);
  return op.add(b, coloured, input('noise', [count, 3, size, size]));
}

function cropped(
  b: GraphBuilder,
  picture: Value,
  { crops, size }: { readonly crops: Value; readonly size: number },
): Value {
  const [, , height = 0, width = 0] = picture.type.shape;
  const [n = 0] = crops.type.shape;
  const column = (at: number) =>
    op.reshape(b, op.slice(b, crops, { starts: [at], ends: [at + 1], axes: [1] }), [n, 1, 1]);
  const [left, top, side] = [column(0), column(1), column(2)];
  return projectViews(b, picture, {
    across: poolingMatrices(b, { from: left, side, size, length: width }),
    down: poolingMatrices(b, { from: top, side, size, length: height }),
  });
}

interface Pooling {
  /** [n, 1, 1] each: where the crop begins, and how long it is. */
  readonly from: Value;
  readonly side: Value;
  readonly size: number;
  readonly length: number;
}

/** Adaptive average pooling of a crop as matrices [n, S, L]: sample i is the mean of ⌊i·l/S⌋ … ⌈(i + 1)·l/S⌉ − 1. */
function poolingMatrices(b: GraphBuilder, { from, side, size, length }: Pooling): Value {
  const index = (offset: number) =>
    b.constant(
      float32(
        [1, size, 1],
        Float32Array.from({ length: size }, (_, at) => at + offset),
      ),
    );
  const bound = (offset: number) => op.div(b, op.mul(b, index(offset), side), b.scalar(size));
  const first = op.add(b, op.floor(b, bound(0)), from);
  const last = op.add(b, op.ceil(b, bound(1)), from);
  const pixels = b.constant(
    float32(
      [1, 1, length],
      Float32Array.from({ length }, (_, at) => at),
    ),
  );
  const inside = op.and(b, op.greaterOrEqual(b, pixels, first), op.less(b, pixels, last));
  return op.div(b, op.cast(b, inside, 'float32'), op.sub(b, last, first));
}

/** The mean of adaptive average and adaptive maximum pooling, [1, 3, S, S]. */
function pooled(b: GraphBuilder, picture: Value, size: number): Value {
  const mean = [2, 3].reduce((value, axis) => poolAxis(b, value, { axis, size, by: 'mean' }), picture);
  // Columns first: among equals the first in reading order wins.
  const most = [3, 2].reduce((value, axis) => poolAxis(b, value, { axis, size, by: 'max' }), picture);
  return op.mul(b, op.add(b, mean, most), b.scalar(0.5));
}

function poolAxis(
  b: GraphBuilder,
  value: Value,
  { axis, size, by }: { readonly axis: number; readonly size: number; readonly by: 'mean' | 'max' },
): Value {
  const { shape } = value.type;
  const length = shape[axis] ?? 0;
  const windows = Array.from({ length: size }, (_, at) => {
    const [first, end] = [Math.floor((at * length) / size), Math.ceil(((at + 1) * length) / size)];
    return Array.from({ length: end - first }, (_, offset) => first + offset);
  });
  const longest = Math.max(...windows.map((window) => window.length));
  // A shorter window repeats its last line, which changes no maximum.
  const lines = windows.flatMap((window) =>
    Array.from({ length: longest }, (_, at) => window[Math.min(at, window.length - 1)] ?? 0),
  );
  const gathered = op.gather(b, value, b.constant(int64([lines.length], lines)), axis);
  const split = op.reshape(b, gathered, [...shape.slice(0, axis), size, longest, ...shape.slice(axis + 1)]);
  const result =
    by === 'max'
      ? op.gatherElements(b, split, op.argMax(b, split, axis + 1, true), axis + 1)
      : op.reduceSum(b, op.mul(b, split, b.constant(shares(windows, longest, shape.length - axis))), [
          axis + 1,
        ]);
  return op.reshape(b, result, [...shape.slice(0, axis), size, ...shape.slice(axis + 1)]);
}

/** What each line of a window counts in its mean, for an axis so far from the end. */
function shares(windows: readonly (readonly number[])[], longest: number, fromEnd: number) {
  const values = windows.flatMap(({ length }) =>
    Array.from({ length: longest }, (_, at) => (at < length ? 1 / length : 0)),
  );
  return float32([windows.length, longest, ...Array.from({ length: fromEnd - 1 }, () => 1)], values);
}

/** Bilinear sampling at w·(x, y, 1); beyond the edge it goes on. */
function warp(b: GraphBuilder, views: Value, warps: Value): Value {
  const [n = 0, , height = 0, width = 0] = views.type.shape;
  const places = Array.from({ length: height * width }, (_, at) => [
    (2 * (at % width) + 1) / width - 1,
    (2 * Math.floor(at / width) + 1) / height - 1,
    1,
  ]);
  const base = b.constant(float32([height * width, 3], places.flat()));
  const moved = op.matMul(b, base, op.transpose(b, warps, [0, 2, 1]));
  const [flat, depth] = op.split(b, moved, [2, 1], 2) as [Value, Value]; // two sizes, two outputs
  const grid = op.reshape(b, op.div(b, flat, depth), [n, height, width, 2]);
  return op.gridSample(b, views, grid, { paddingMode: 'border' });
}
