import { intAttribute } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import { type GraphBuilder, int, type Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { elementCount, int64, type Shape, toNumbers } from '../../onnx/tensor.js';
import { addAt, dimension, expand, floats, pad, reshape, sumOver, upTo } from '../emit.js';
import { type Entries, gradient } from '../entry.js';
import { type Differentiation, gradientOf, inputAt, type Rule } from '../rule.js';
import { scatter } from './scatter.js';

const axisOf = (d: Differentiation, fallback: number) =>
  normalizeAxis(intAttribute(d.node, 'axis', fallback), inputAt(d, 0).type.shape.length);

/** The first of a run of constant indices i, i + 1, …, counted from the front; undefined when they are no such run. */
function runStart(b: GraphBuilder, indices: Value, length: number): number | undefined {
  const constant = b.constantOf(indices);
  if (!constant) return undefined;
  const places = toNumbers(constant).map((index) => (index < 0 ? index + length : index));
  const [first] = places;
  return first !== undefined && places.every((place, i) => place === first + i) ? first : undefined;
}

/** Rows of g added up where they were taken from; a run of constant indices is a margin of zeros, no scatter. */
const gather: Rule = (d) => {
  const { builder: b } = d;
  const [data, indices, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const { shape } = data.type;
  const axis = axisOf(d, 0);
  const count = elementCount(indices.type.shape);
  const length = dimension(data, axis);
  const rows = reshape(b, g, shape.with(axis, count));
  const start = runStart(b, indices, length);
  if (start !== undefined) return [pad(b, rows, [{ axis, before: start, after: length - start - count }])];
  const column = reshape(
    b,
    indices,
    shape.map((_, other) => (other === axis ? count : 1)),
  );
  const places = expand(b, column, shape.with(axis, count));
  return [addAt(b, { shape, indices: places, updates: rows }, axis)];
};

const gatherElements: Rule = (d) => {
  const [data, indices, updates] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  return [addAt(d.builder, { shape: data.type.shape, indices, updates }, axisOf(d, 0))];
};

/** Indices with their batch position put before them, so that no batch axes are left. */
function withBatch(b: GraphBuilder, indices: Value, batch: Shape): Value {
  if (batch.length === 0) return indices;
  const { shape } = indices.type;
  const positions = batch.map((length, axis) => {
    const along = shape.map((_, other) => (other === axis ? length : 1));
    return expand(b, b.constant(int64(along, upTo(length))), shape.with(-1, 1));
  });
  return ops.concat(b, [...positions, ops.cast(b, indices, 'int64')], shape.length - 1);
}

const gatherND: Rule = (d) => {
  const { builder: b } = d;
  const [data, indices, updates] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const batch = data.type.shape.slice(0, intAttribute(d.node, 'batch_dims', 0));
  const places = withBatch(b, indices, batch);
  return [addSlicesAt(b, { shape: data.type.shape, indices: places, updates })];
};

interface Placement {
  readonly shape: Shape;
  /** […, k], each a position in the first k axes. */
  readonly indices: Value;
  readonly updates: Value;
}

/**
 * Adds slices to zeros. Positions become one number each and the scatter one along a single axis: ONNX Runtime's
 * ScatterND adds from several threads at once, which loses sums where positions repeat.
 */
function addSlicesAt(b: GraphBuilder, { shape, indices, updates }: Placement): Value {
  const depth = indices.type.shape.at(-1) ?? 0;
  const [outer, inner] = [shape.slice(0, depth), shape.slice(depth)];
  const count = elementCount(indices.type.shape) / Math.max(1, depth);
  const rows = reshape(b, indices, [count, depth]);
  const lengths = b.constant(int64([1, depth], outer));
  const fromFront = ops.where(
    b,
    ops.less(b, rows, b.constant(int64([], [0]))),
    ops.add(b, rows, lengths),
    rows,
  );
  const strides = b.constant(
    int64(
      [1, depth],
      outer.map((_, axis) => elementCount(outer.slice(axis + 1))),
    ),
  );
  const places = ops.reduceSum(b, ops.mul(b, fromFront, strides), [1]);
  const width = elementCount(inner);
  const scattered = addAt(b, {
    shape: [elementCount(outer), width],
    indices: expand(b, places, [count, width]),
    updates: reshape(b, updates, [count, width]),
  });
  return reshape(b, scattered, shape);
}

/** y = off + (on − off)·h with h one-hot: both values get the gradient of the places they fill. */
const oneHot: Rule = (d) => {
  const { builder: b } = d;
  const [indices, depth, values, g] = [inputAt(d, 0), inputAt(d, 1), inputAt(d, 2), gradientOf(d)];
  const axis = int(intAttribute(d.node, 'axis', -1));
  const everything = upTo(g.type.shape.length);
  const totals = [floats(b, values, [2], [1, 0]), floats(b, values, [2], [0, 1])].map((selector) => {
    const mask = b.op('OneHot', [indices, depth, selector], { axis });
    return reshape(b, sumOver(b, ops.mul(b, g, mask), everything), [1]);
  });
  return [undefined, undefined, ops.concat(b, totals, 0)];
};

/** What was zeroed gets nothing. */
const trilu: Rule = (d) => [d.builder.op('Trilu', [gradientOf(d), d.inputs[1]], d.node.attributes)];

/** Operators that read or write at positions; positions themselves have no gradient. */
export const INDEXING = {
  Gather: gradient(
    gather,
    'data: g added where it was read (a margin of zeros for a run of constant indices)',
  ),
  GatherElements: gradient(gatherElements, 'data: g added where it was read'),
  GatherND: gradient(gatherND, 'data: g added where it was read', 'batch_dims'),
  OneHot: gradient(oneHot, 'values: Σ g where off, Σ g where on'),
  ScatterElements: gradient(
    scatter(
      (d, value) => ops.gatherElements(d.builder, value, inputAt(d, 1), axisOf(d, 0)),
      (d, operands) => ops.scatterElements(d.builder, { ...operands, indices: inputAt(d, 1) }, axisOf(d, 0)),
    ),
    'data: g less what was overwritten; updates: g where they went',
    'reductions none (distinct indices), add, mul (updates other than 0), max, min',
  ),
  ScatterND: gradient(
    scatter(
      (d, value) => ops.gatherND(d.builder, value, inputAt(d, 1)),
      (d, operands) => ops.scatterND(d.builder, { ...operands, indices: inputAt(d, 1) }),
    ),
    'data: g less what was overwritten; updates: g where they went',
    'reductions none, add, mul (updates other than 0), max, min; ONNX Runtime itself wants distinct indices',
  ),
  Trilu: gradient(trilu, 'Trilu of g'),
} as const satisfies Entries;
