import { intAttribute, intsAttribute } from '../../onnx/attributes.js';
import { type GraphBuilder, int, string, type Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { slidingWindow, type Window } from '../../onnx/shapes/window.js';
import { elementCount } from '../../onnx/tensor.js';
import { addAt, filled, floats, reshape, sameShape, scalar, scale, upTo, widened } from '../emit.js';
import { type Entries, gradient } from '../entry.js';
import { type Differentiation, gradientOf, inputAt, outputAt, type Rule } from '../rule.js';
import { spreadWindows } from './spread-windows.js';

function windowOf(d: Differentiation): Window {
  const spatial = inputAt(d, 0).type.shape.slice(2);
  return slidingWindow({ node: d.node, spatial, kernel: intsAttribute(d.node, 'kernel_shape') ?? [] });
}

/** Whether the windows lie side by side and cover the input exactly; dilated ones never do. */
const tiles = ({ kernel, strides, padsBegin, output }: Window, spatial: readonly number[]) =>
  sameShape(kernel, strides) &&
  padsBegin.every((amount) => amount === 0) &&
  spatial.every((length, axis) => length === (output[axis] ?? 0) * (kernel[axis] ?? 0));

/** Each element repeated over its block, (h, w) to (h·k, w·k): a hundred times faster than Expand on ONNX Runtime. */
function repeated(b: GraphBuilder, g: Value, kernel: readonly number[]): Value {
  return ops.resize(b, g, {
    scales: [1, 1, ...kernel],
    mode: 'nearest',
    attributes: { coordinate_transformation_mode: string('asymmetric'), nearest_mode: string('floor') },
  });
}

/** g of every window added to each element of that window; channels count as batch, the kernel is all ones. */
function sharedOut(
  b: GraphBuilder,
  g: Value,
  { window, spatial }: { window: Window; spatial: readonly number[] },
) {
  if (tiles(window, spatial)) return repeated(b, g, window.kernel);
  const [n = 1, c = 1, ...windows] = g.type.shape;
  const kernel = filled(b, g, [1, 1, ...window.kernel], 1);
  const images = reshape(b, g, [n * c, 1, ...windows]);
  return reshape(b, spreadWindows({ b, g: images, kernel, window, group: 1, spatial }), [n, c, ...spatial]);
}

/** Windows along one axis whose counts are still written down. */
const MOST_WINDOWS = 2 ** 20;

/**
 * How many elements each window averages along one axis: the kernel's, less those in the padding unless they count.
 * What `ceil_mode` adds beyond the padding never counts.
 */
function averaged(
  window: Window,
  axis: number,
  { length, countPads }: { length: number; countPads: boolean },
) {
  if ((window.output[axis] ?? 0) > MOST_WINDOWS)
    throw new Error(`more than ${MOST_WINDOWS} windows lie along an axis`);
  const [begin, end] = countPads ? [window.padsBegin[axis] ?? 0, window.padsEnd[axis] ?? 0] : [0, 0];
  const stride = window.strides[axis] ?? 1;
  return upTo(window.output[axis] ?? 1).map((place) => {
    const start = place * stride - (window.padsBegin[axis] ?? 0);
    const first = Math.max(0, -begin - start);
    const past = Math.min(window.kernel[axis] ?? 1, length + end - start);
    return Math.max(1, past - first);
  });
}

/** The number that all are. */
function commonOf([first, ...rest]: readonly number[]): number | undefined {
  return rest.every((count) => count === first) ? first : undefined;
}

/** g / count, added over each window. */
function averagePool(d: Differentiation): readonly Value[] {
  const { builder: b } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const spatial = x.type.shape.slice(2);
  const window = windowOf(d);
  const countPads = intAttribute(d.node, 'count_include_pad', 0) === 1;
  // The count of a window is the product of its counts along the axes.
  const counts = spatial.map((length, axis) => averaged(window, axis, { length, countPads }));
  const common = counts.reduce((product, along) => product * (commonOf(along) ?? 1), 1);
  const weighted = counts.reduce(
    (value, along, axis) => {
      if (commonOf(along) !== undefined) return value;
      const shape = value.type.shape.map((_, other) => (other === axis + 2 ? along.length : 1));
      const shares = along.map((count) => 1 / count);
      return ops.mul(b, value, floats(b, g, shape, shares));
    },
    scale(b, g, 1 / common),
  );
  return [sharedOut(b, weighted, { window, spatial })];
}

/**
 * The gradient goes to the first maximum of each window, as in PyTorch. A second MaxPool reports where that is, as
 * positions in the flattened input (the forward node may not have been asked).
 */
const maxPool: Rule = (d) => {
  const { builder: b, node } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const [, indices] = b.emit({
    opType: 'MaxPool',
    inputs: [widened(b, x)],
    attributes: { ...node.attributes, storage_order: int(0) },
    outputs: 2,
  });
  if (!indices) throw new Error('MaxPool reports no positions');
  return [put(b, x, { g, indices })];
};

/** Adds gradients to zeros at positions in the flattened input. */
function put(
  b: GraphBuilder,
  x: Value,
  { g, indices }: { readonly g: Value; readonly indices: Value },
): Value {
  const size = elementCount(x.type.shape);
  const flat = [elementCount(g.type.shape)];
  const scattered = addAt(b, {
    shape: [size],
    indices: reshape(b, indices, flat),
    updates: reshape(b, g, flat),
  });
  return reshape(b, scattered, x.type.shape);
}

/** y = (Σ |x|^p)^(1/p) over a window: dy/dx = sign x·|x|^(p−1)·y^(1−p), 0 where y = 0. */
const power =
  (share: (d: Differentiation, weighted: Value) => Value): Rule =>
  (d) => {
    const { builder: b } = d;
    const [x, y, g] = [inputAt(d, 0), outputAt(d, 0), gradientOf(d)];
    const p = intAttribute(d.node, 'p', 2);
    const zero = scalar(b, y, 0);
    const weight = ops.where(b, ops.greater(b, y, zero), ops.pow(b, y, scalar(b, y, 1 - p)), zero);
    const inner = ops.mul(b, ops.sign(b, x), ops.pow(b, ops.abs(b, x), scalar(b, x, p - 1)));
    return [ops.mul(b, inner, share(d, ops.mul(b, g, weight)))];
  };

/** The first maximum over all places. */
const globalMaxPool: Rule = (d) => {
  const { builder: b } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const rows = reshape(b, x, [n, c, elementCount(spatial)]);
  const indices = ops.argMax(b, rows, 2);
  const updates = reshape(b, g, [n, c, 1]);
  return [reshape(b, addAt(b, { shape: rows.type.shape, indices, updates }, 2), x.type.shape)];
};

const places = (d: Differentiation) => elementCount(inputAt(d, 0).type.shape.slice(2));

export const POOLING = {
  AveragePool: gradient(
    averagePool,
    'g / count, added over each window',
    'auto_pad, ceil_mode, count_include_pad',
  ),
  GlobalAveragePool: gradient((d) => [scale(d.builder, gradientOf(d), 1 / places(d))], 'g / n'),
  GlobalLpPool: gradient(
    power((_, weighted) => weighted),
    'g·sign X·|X|^(p−1)·Y^(1−p)',
  ),
  GlobalMaxPool: gradient(globalMaxPool, 'g at the first maximum'),
  LpPool: gradient(
    power((d, weighted) =>
      sharedOut(d.builder, weighted, { window: windowOf(d), spatial: inputAt(d, 0).type.shape.slice(2) }),
    ),
    'sign X·|X|^(p−1) times g·Y^(1−p), added over each window',
  ),
  MaxPool: gradient(maxPool, 'g at the first maximum of each window', 'output Y only'),
} as const satisfies Entries;
