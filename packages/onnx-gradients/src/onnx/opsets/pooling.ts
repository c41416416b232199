import { intAttribute, intsAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, cast, conv, div, mod, mul, pad, reshape, sub } from '../ops.js';
import { slidingWindow, type Window } from '../shapes/window.js';
import { elementCount, float32 } from '../tensor.js';
import { type Call, type Conversion, inputOf, keep, without } from './call.js';

/** Kernels and counts of places that are still written down. */
const MOST_PLACES = 2 ** 20;

const windowOf = (call: Call, x: Value): Window =>
  slidingWindow({
    node: call.node,
    spatial: x.type.shape.slice(2),
    kernel: intsAttribute(call.node, 'kernel_shape') ?? [],
  });

/** AveragePool-19 has dilations; without any it is AveragePool-11, with some a convolution by ones over a count. */
const averagePool: Conversion = (call) => {
  const dilations = intsAttribute(call.node, 'dilations') ?? [];
  if (dilations.some((dilation) => dilation !== 1)) return [dilatedAverage(call)];
  return keep(call, { attributes: without(call.node.attributes, 'dilations') });
};

function dilatedAverage(call: Call): Value {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const window = windowOf(call, x);
  const { kernel, strides, dilations, padsBegin, output } = window;
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  if (elementCount(kernel) > MOST_PLACES || Math.max(...output) > MOST_PLACES)
    throw new Error(`Expected at most ${MOST_PLACES} places in the kernel and along an axis.`);
  // As far as the last window reaches, which rounding up may move beyond the padding.
  const reach = spatial.map((length, axis) => {
    const extent = (at(kernel, axis) - 1) * at(dilations, axis) + 1;
    return (at(output, axis) - 1) * at(strides, axis) + extent - length - (padsBegin[axis] ?? 0);
  });
  const images = reshape(b, x, [n * c, 1, ...spatial]);
  const padded = pad(b, images, {
    pads: [0, 0, ...padsBegin, 0, 0, ...reach.map((amount) => Math.max(0, amount))],
  });
  const size = elementCount(kernel);
  const ones = b.constant(float32([1, 1, ...kernel], new Float32Array(size).fill(1)));
  const sums = conv(b, padded, cast(b, ones, x.type.elementType), { strides, dilations });
  const countPads = intAttribute(node, 'count_include_pad', 0) === 1;
  const averages = spatial.reduce((value, length, axis) => {
    const shape = [1, 1, ...spatial.map((_, other) => (other === axis ? at(output, axis) : 1))];
    const counts = b.constant(float32(shape, counted(window, axis, { length, countPads })));
    return div(b, value, cast(b, counts, x.type.elementType));
  }, sums);
  return reshape(b, averages, [n, c, ...output]);
}

/** How many of its places each window averages along one axis; what rounding up adds beyond the padding never counts. */
function counted(
  { kernel, strides, dilations, padsBegin, padsEnd, output }: Window,
  axis: number,
  { length, countPads }: { readonly length: number; readonly countPads: boolean },
): readonly number[] {
  const [first, past] = countPads ? [-(padsBegin[axis] ?? 0), length + (padsEnd[axis] ?? 0)] : [0, length];
  return Array.from({ length: at(output, axis) }, (_, place) => {
    const start = place * at(strides, axis) - (padsBegin[axis] ?? 0);
    const before = Math.max(0, Math.ceil((first - start) / at(dilations, axis)));
    const end = Math.min(at(kernel, axis), Math.ceil((past - start) / at(dilations, axis)));
    return Math.max(1, end - before);
  });
}

/** Positions are counted in rows at the working opset's default, in columns where `storage_order` says so. */
const maxPool: Conversion = (call) => {
  if (!call.node.outputs[1] || intAttribute(call.node, 'storage_order', 0) === 0) return keep(call);
  const [maxima, positions] = keep(call, { attributes: without(call.node.attributes, 'storage_order') });
  return [maxima, positions && inColumns(call.b, positions, inputOf(call, 0).type.shape.slice(2))];
};

/** Positions in row-major pictures as positions in column-major ones. */
function inColumns(b: GraphBuilder, positions: Value, spatial: readonly number[]): Value {
  const size = elementCount(spatial);
  const within = mod(b, positions, b.int64(size));
  const moved = spatial.reduce(
    (total, length, axis) => {
      const behind = elementCount(spatial.slice(axis + 1));
      const index = mod(b, div(b, within, b.int64(behind)), b.int64(length));
      return add(b, total, mul(b, index, b.int64(elementCount(spatial.slice(0, axis)))));
    },
    sub(b, positions, within),
  );
  return moved;
}

const at = (values: readonly number[], axis: number): number => values[axis] ?? 1;

export const POOLING: Readonly<Record<string, Conversion>> = { AveragePool: averagePool, MaxPool: maxPool };
