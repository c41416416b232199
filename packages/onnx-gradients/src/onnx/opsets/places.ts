import { intAttribute, intsAttribute, optionalInt, stringAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { GraphBuilder, Value } from '../builder.js';
import {
  add,
  cast,
  expand,
  gather,
  gatherElements,
  less,
  mod,
  pad,
  reshape,
  scatterElements,
  slice,
  sub,
  where,
} from '../ops.js';
import { elementCount, int64, toNumbers } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

function constantAt(call: Call, index: number): readonly number[] {
  const constant = call.b.constantOf(inputOf(call, index));
  if (!constant) throw new Error(`Expected input ${index} to be constant.`);
  return toNumbers(constant);
}

/** Places along one axis that are written down, so that a few bytes of shape do not ask for gigabytes. */
const MOST_PLACES = 2 ** 20;

/** 0, 1, … along one axis of a rank, with length 1 on the others. */
function countingAlong(b: GraphBuilder, axis: number, rank: number, length: number): Value {
  if (length > MOST_PLACES) throw new Error(`Expected at most ${MOST_PLACES} places, got ${length}.`);
  const shape = Array<number>(rank).fill(1).with(axis, length);
  return b.table({ elementType: 'int64', shape }, () =>
    int64(
      shape,
      Array.from({ length }, (_, index) => index),
    ),
  );
}

/** A vector laid along one axis of a rank. */
const along = (b: GraphBuilder, x: Value, axis: number, rank: number): Value =>
  reshape(
    b,
    x,
    Array<number>(rank)
      .fill(1)
      .with(axis, x.type.shape[0] ?? 1),
  );

/** Compress (9) by a known condition: the places where it holds. */
const compress: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const places = constantAt(call, 1).flatMap((holds, index) => (holds ? [index] : []));
  const axis = optionalInt(node, 'axis');
  const flat = axis === undefined ? reshape(b, x, [elementCount(x.type.shape)]) : x;
  return [gather(b, flat, b.int64s(places), axis ?? 0)];
};

/** ReverseSequence (10): the first `sequence_lens` places of each batch entry back to front. */
const reverseSequence: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const { shape } = x.type;
  const [time, batch] = [intAttribute(node, 'time_axis', 0), intAttribute(node, 'batch_axis', 1)];
  const place = countingAlong(b, time, shape.length, shape[time] ?? 1);
  const lengths = along(b, inputOf(call, 1), batch, shape.length);
  const reversed = sub(b, sub(b, lengths, b.int64(1)), place);
  const from = where(b, less(b, place, lengths), reversed, place);
  return [gatherElements(b, x, expand(b, from, shape), time)];
};

/** TensorScatter (24): an update written into a cache from an index of each batch entry on, round its end if circular. */
const tensorScatter: Conversion = (call) => {
  const { b, node, inputs } = call;
  const [cache, update] = [inputOf(call, 0), inputOf(call, 1)];
  const rank = cache.type.shape.length;
  const axis = normalizeAxis(intAttribute(node, 'axis', -2), rank);
  const place = countingAlong(b, axis, rank, update.type.shape[axis] ?? 1);
  const begun = inputs[2] ? add(b, place, along(b, inputs[2], 0, rank)) : place;
  const isCircular = stringAttribute(node, 'mode', 'linear') === 'circular';
  const at = isCircular ? mod(b, begun, b.int64(cache.type.shape[axis] ?? 1)) : begun;
  const indices = expand(b, at, update.type.shape);
  return [scatterElements(b, { data: cache, indices, updates: update }, axis)];
};

/** CenterCropPad (18): the middle of long axes, and zeros around short ones. */
const centerCropPad: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const { shape } = x.type;
  const wanted = constantAt(call, 1);
  const axes = (intsAttribute(node, 'axes') ?? [...shape.keys()]).map((axis) =>
    normalizeAxis(axis, shape.length),
  );
  const excess = axes.map((axis, index) => (shape[axis] ?? 0) - (wanted[index] ?? 0));
  const starts = excess.map((count) => Math.max(0, Math.floor(count / 2)));
  const ends = starts.map(
    (start, index) => start + Math.min(wanted[index] ?? 0, shape[axes[index] ?? 0] ?? 0),
  );
  const cropped = slice(b, x, { starts, ends, axes });
  const missing = shape.map((_, axis) => Math.max(0, -(excess[axes.indexOf(axis)] ?? 0)));
  if (missing.every((count) => count === 0)) return [cropped];
  const before = missing.map((count) => Math.floor(count / 2));
  const after = missing.map((count) => Math.ceil(count / 2));
  return [pad(b, cropped, { pads: [...before, ...after] })];
};

/** MaxUnpool (9): values put where a pooling found them, counted over the whole result. */
const maxUnpool: Conversion = (call) => {
  const { b, node, inputs } = call;
  const x = inputOf(call, 0);
  const { shape } = x.type;
  const kernel = intsAttribute(node, 'kernel_shape') ?? [];
  const strides = intsAttribute(node, 'strides') ?? kernel.map(() => 1);
  const pads = intsAttribute(node, 'pads') ?? kernel.flatMap(() => [0, 0]);
  const own = kernel.map(
    (size, i) =>
      ((shape[i + 2] ?? 1) - 1) * (strides[i] ?? 1) + size - (pads[i] ?? 0) - (pads[i + kernel.length] ?? 0),
  );
  const result = inputs[2] ? constantAt(call, 2) : [...shape.slice(0, 2), ...own];
  const count = elementCount(result);
  const data = expand(b, scalarLike(b, x, 0), [count]);
  const flat = [elementCount(shape)];
  const indices = reshape(b, cast(b, inputOf(call, 1), 'int64'), flat);
  return [reshape(b, scatterElements(b, { data, indices, updates: reshape(b, x, flat) }, 0), result)];
};

export const PLACES: Readonly<Record<string, Conversion>> = {
  CenterCropPad: centerCropPad,
  Compress: compress,
  MaxUnpool: maxUnpool,
  ReverseSequence: reverseSequence,
  TensorScatter: tensorScatter,
};
