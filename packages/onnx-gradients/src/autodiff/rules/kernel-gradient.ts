import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import type { Window } from '../../onnx/shapes/window.js';
import { elementCount } from '../../onnx/tensor.js';
import { concat, pad, reshape, slice, sumOver, transpose, upTo } from '../emit.js';

interface KernelGradient {
  readonly b: GraphBuilder;
  /** [n, c, …]: what the kernel slid over. */
  readonly x: Value;
  /** [n, m, …]: one gradient a place it stopped at. */
  readonly g: Value;
  readonly window: Window;
  readonly group: number;
}

/**
 * dL/dw[m, c, k] = Σ_n Σ_o g[n, m, o]·x[n, c, o·stride + k·dilation − pad], of a Conv's kernel.
 *
 * As matrix products, because those run near the processor's peak; what differs is what has to be copied first. With K
 * places in a kernel of k rows, K·c channels for slices of x, K·m for slices of g, k·(c + m) for the cross. A stride that
 * divides the kernel is a stride of 1 over as many phases of x. Groups have too few channels for products and stay a
 * convolution.
 */
export function kernelGradient(d: KernelGradient): Value {
  const { strides, kernel } = d.window;
  const isDense = strides.every((stride) => stride === 1);
  if (d.group > 1) return byConvolution(d);
  if (isDense) return byLeastCopied(d);
  const hasWholePhases =
    d.window.dilations.every((dilation) => dilation === 1) &&
    kernel.every((length, axis) => length % (strides[axis] ?? 1) === 0);
  return hasWholePhases ? byPhases(d) : bySlicesOfX(d);
}

function byLeastCopied(d: KernelGradient): Value {
  const { kernel } = d.window;
  const [c, m, places] = [channels(d.x), channels(d.g), elementCount(kernel)];
  const crossed =
    kernel.length === 2 ? (kernel[0] ?? 1) * m + (kernel[1] ?? 1) * c : Number.POSITIVE_INFINITY;
  const least = Math.min(places * c, places * m, crossed);
  if (places * c === least) return bySlicesOfX(d);
  return places * m === least ? bySlicesOfG(d) : byCross(d);
}

/** One product of g with the K strided slices of x that the kernel's places see: N = K·c columns. */
function bySlicesOfX({ b, x, g, window }: KernelGradient): Value {
  const { kernel, strides, dilations, padsBegin } = window;
  const [c, m] = [channels(x), channels(g)];
  const output = g.type.shape.slice(2);
  const reach = upTo(kernel.length).map((axis) => {
    const last =
      ((output[axis] ?? 1) - 1) * at(strides, axis) + (at(kernel, axis) - 1) * at(dilations, axis) + 1;
    const before = padsBegin[axis] ?? 0;
    return { axis: axis + 2, before, after: last - before - (x.type.shape[axis + 2] ?? 1) };
  });
  const padded = pad(b, x, reach);
  const seen = placesOf(kernel).map((place) =>
    strided(b, padded, {
      starts: place.map((index, axis) => index * at(dilations, axis)),
      counts: output,
      strides,
    }),
  );
  // [n, m, L]·[n, K·c, L]ᵀ
  const products = sumOfProducts(b, flat(b, g), flat(b, concat(b, seen, 1)));
  const order = reshape(b, products, [m, elementCount(kernel), c]);
  return reshape(b, transpose(b, order, [0, 2, 1]), [m, c, ...kernel]);
}

/** The mirror image, at stride 1: the K slices of g that an element of x took part in, M = K·m rows. */
function bySlicesOfG({ b, x, g, window }: KernelGradient): Value {
  const { kernel, dilations, padsBegin } = window;
  const [c, m] = [channels(x), channels(g)];
  const spatial = x.type.shape.slice(2);
  const moved = placesOf(kernel).map((place) =>
    pad(
      b,
      g,
      place.map((index, axis) => {
        // Output o saw x at o + index·dilation − pad.
        const before = index * at(dilations, axis) - (padsBegin[axis] ?? 0);
        return { axis: axis + 2, before, after: at(spatial, axis) - (g.type.shape[axis + 2] ?? 1) - before };
      }),
    ),
  );
  const products = sumOfProducts(b, flat(b, concat(b, moved, 1)), flat(b, x));
  const order = reshape(b, products, [elementCount(kernel), m, c]);
  return reshape(b, transpose(b, order, [1, 2, 0]), [m, c, ...kernel]);
}

/**
 * In two dimensions at stride 1: rows of the kernel by copies of g moved down, its columns by copies of x moved left, one
 * product a column. dW[m, c, i, j] = Σ_q G_i[m, q]·X_j[c, q] on a grid that holds both.
 */
function byCross({ b, x, g, window }: KernelGradient): Value {
  const [rows, columns] = [at(window.kernel, 0), at(window.kernel, 1)];
  const [down, right] = [at(window.dilations, 0), at(window.dilations, 1)];
  const [top, left] = [window.padsBegin[0] ?? 0, window.padsBegin[1] ?? 0];
  const [, c = 1, h = 1, w = 1] = x.type.shape;
  const [, m = 1, outRows = 1, outColumns = 1] = g.type.shape;
  const height = outRows + (rows - 1) * down;
  const moved = upTo(rows).map((row) =>
    pad(b, g, [{ axis: 2, before: row * down, after: height - outRows - row * down }]),
  );
  const gradients = flat(b, concat(b, moved, 1));
  const parts = upTo(columns).map((column) => {
    const before = left - column * right;
    const seen = pad(b, x, [
      { axis: 2, before: top, after: height - h - top },
      { axis: 3, before, after: outColumns - w - before },
    ]);
    return reshape(b, sumOfProducts(b, gradients, flat(b, seen)), [rows, m, 1, c]);
  });
  return transpose(b, concat(b, parts, 2), [1, 3, 0, 2]);
}

/** Strides s that divide the kernel: every s-th element of x is a channel of its own, seen at stride 1 by k / s places. */
function byPhases({ b, x, g, window, group }: KernelGradient): Value {
  const { kernel, strides, padsBegin } = window;
  const output = g.type.shape.slice(2);
  const [n, c, m] = [x.type.shape[0] ?? 1, channels(x), channels(g)];
  const rank = kernel.length;
  const blocks = upTo(rank).map((axis) => (output[axis] ?? 1) - 1 + at(kernel, axis) / at(strides, axis));
  const padded = pad(
    b,
    x,
    upTo(rank).map((axis) => {
      const before = padsBegin[axis] ?? 0;
      const length = at(blocks, axis) * at(strides, axis);
      return { axis: axis + 2, before, after: length - before - (x.type.shape[axis + 2] ?? 1) };
    }),
  );
  const split = reshape(b, padded, [
    n,
    c,
    ...upTo(rank).flatMap((axis) => [at(blocks, axis), at(strides, axis)]),
  ]);
  const phasesFirst = [
    0,
    1,
    ...upTo(rank).map((axis) => 3 + 2 * axis),
    ...upTo(rank).map((axis) => 2 + 2 * axis),
  ];
  const phases = reshape(b, transpose(b, split, phasesFirst), [n, c * elementCount(strides), ...blocks]);
  const coarse = upTo(rank).map((axis) => at(kernel, axis) / at(strides, axis));
  const none = new Array<number>(rank).fill(0);
  const ones = new Array<number>(rank).fill(1);
  const inner = { ...window, kernel: coarse, strides: ones, padsBegin: none, padsEnd: none };
  const whole = byLeastCopied({ b, x: phases, g, window: inner, group });
  // [m, c, phase…, place…] to [m, c, place, phase, …]: a kernel's index is place·stride + phase.
  const parts = reshape(b, whole, [m, c, ...strides, ...coarse]);
  const order = [0, 1, ...upTo(rank).flatMap((axis) => [2 + rank + axis, 2 + axis])];
  return reshape(b, transpose(b, parts, order), [m, c, ...kernel]);
}

/** A convolution of x by g in which batch and channels, and stride and dilation, change places. Groups stay groups. */
function byConvolution({ b, x, g, window, group }: KernelGradient): Value {
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const axes = upTo(spatial.length);
  const grouped = reshape(b, x, [n, group, c / group, ...spatial]);
  const images = reshape(b, transpose(b, grouped, [2, 1, 0, ...axes.map((axis) => axis + 3)]), [
    c / group,
    group * n,
    ...spatial,
  ]);
  const kernels = transpose(b, g, [1, 0, ...axes.map((axis) => axis + 2)]);
  const products = ops.conv(b, images, kernels, {
    group,
    strides: window.dilations,
    dilations: window.strides,
    pads: [...window.padsBegin, ...window.padsEnd],
  });
  // Input that the last stride did not reach shows as further kernel places.
  const own = slice(
    b,
    products,
    axes.map((axis) => ({ axis: axis + 2, start: 0, end: window.kernel[axis] ?? 1 })),
  );
  return transpose(b, own, [1, 0, ...axes.map((axis) => axis + 2)]);
}

/** Σ_n A[n]·B[n]ᵀ, from [n, rows, L] and [n, columns, L]: the runtime reads B as it lies. */
function sumOfProducts(b: GraphBuilder, rows: Value, columns: Value): Value {
  const products = ops.matMul(b, rows, ops.transpose(b, columns, [0, 2, 1]));
  return reshape(b, sumOver(b, products, [0]), products.type.shape.slice(1));
}

interface Strided {
  readonly starts: readonly number[];
  readonly counts: readonly number[];
  readonly strides: readonly number[];
}

/** `counts` elements from `starts` on along the spatial axes, every stride-th of them. */
function strided(b: GraphBuilder, value: Value, { starts, counts, strides }: Strided): Value {
  const ranges = starts.map((start, axis) => ({
    axis: axis + 2,
    start,
    end: start + (at(counts, axis) - 1) * at(strides, axis) + 1,
  }));
  if (strides.every((stride) => stride === 1)) return slice(b, value, ranges);
  return ops.slice(b, value, {
    starts: ranges.map(({ start }) => start),
    ends: ranges.map(({ end }) => end),
    axes: ranges.map(({ axis }) => axis),
    steps: strides,
  });
}

/** Every place of a kernel as one index an axis, in row-major order. */
function placesOf(kernel: readonly number[]): readonly (readonly number[])[] {
  return kernel.reduce<readonly (readonly number[])[]>(
    (places, length) => places.flatMap((place) => upTo(length).map((index) => [...place, index])),
    [[]],
  );
}

/** [n, c, …] to [n, c, L]. */
function flat(b: GraphBuilder, value: Value): Value {
  const [n = 1, c = 1, ...spatial] = value.type.shape;
  return reshape(b, value, [n, c, elementCount(spatial)]);
}

const channels = (value: Value): number => value.type.shape[1] ?? 1;

/** A number of the window a spatial axis; 1 where it says nothing. */
const at = (values: readonly number[], axis: number): number => values[axis] ?? 1;
