import { intsAttribute, stringAttribute } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import { float, type GraphBuilder, ints, type Value } from '../../onnx/builder.js';
import type { Attributes } from '../../onnx/graph.js';
import * as ops from '../../onnx/ops.js';
import { optionalNumbers } from '../../onnx/shapes/operands.js';
import { type ResizeGeometry, resizeGeometry } from '../../onnx/shapes/resampling.js';
import { elementCount, float32 } from '../../onnx/tensor.js';
import { dimension, reshape, scale, upTo } from '../emit.js';
import { type Differentiation, gradientOf, inputAt, type Rule } from '../rule.js';

interface ResizedAxis {
  readonly axis: number;
  /** Length before and after. */
  readonly from: number;
  readonly to: number;
}

/**
 * Resize is linear and works axis by axis, y = R·x along each, so its gradient is Rᵀ·g along each. Whole-number
 * nearest enlargement sums blocks, which is an average pool; every other matrix R is what the same Resize makes of
 * the identity, so that it is right for every mode, and the runtime folds it to a constant.
 */
export const resize: Rule = (d) => {
  const { builder: b } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const geometry = resizeGeometry(d.shapes);
  const axes = namedAxes(d)
    .map((axis) => ({ axis, from: dimension(x, axis), to: geometry.output[axis] ?? 1 }))
    .filter(({ axis, from, to }) => from !== to || geometry.scales[axis] !== 1 || cropsItsInput(d));
  if (repeatsElements(d, axes)) return [blockSums(b, g, axes)];
  // The axis that shrinks most goes first: what follows is smaller.
  const order = axes.toSorted((one, other) => one.from / one.to - other.from / other.to);
  return [order.reduce((rest, axis) => along(b, rest, { ...axis, matrix: matrixOf(d, axis, geometry) }), g)];
};

const coordinateMode = (d: Differentiation) =>
  stringAttribute(d.node, 'coordinate_transformation_mode', 'half_pixel');

const cropsItsInput = (d: Differentiation) => coordinateMode(d) === 'tf_crop_and_resize';

/** Whether output i is input ⌊i/k⌋ with a whole k along every resized axis, all of them spatial. */
function repeatsElements(d: Differentiation, axes: readonly ResizedAxis[]): boolean {
  const rounding = stringAttribute(d.node, 'nearest_mode', 'round_prefer_floor');
  const rounds = rounding.startsWith('round') && coordinateMode(d) === 'half_pixel';
  const floors = rounding === 'floor' && coordinateMode(d) === 'asymmetric';
  return (
    stringAttribute(d.node, 'mode', 'nearest') === 'nearest' &&
    (rounds || floors) &&
    axes.length > 0 &&
    axes.every(({ axis, from, to }) => axis >= 2 && to % from === 0)
  );
}

/** The sum of each block of k₂×k₃×… elements: the average pool times the block's size. */
function blockSums(b: GraphBuilder, g: Value, axes: readonly ResizedAxis[]): Value {
  const factors = g.type.shape.slice(2).fill(1);
  for (const { axis, from, to } of axes) factors[axis - 2] = to / from;
  return scale(b, ops.averagePool(b, g, { kernel: factors, strides: factors }), elementCount(factors));
}

/** R [to, from] of one axis: the Resize of the identity's columns along that axis. */
function matrixOf(
  d: Differentiation,
  { axis, from, to }: ResizedAxis,
  { scales, output }: ResizeGeometry,
): Value {
  const { builder: b } = d;
  const identity = float32(
    [1, 1, from, from],
    upTo(from * from).map((index) => (index % (from + 1) === 0 ? 1 : 0)),
  );
  const isScaled = (optionalNumbers(d.shapes, 2, 'scales') ?? []).length > 0;
  const bySize = !isScaled && keepsNoAspect(d);
  const scaling = float32([1], [scales[axis] ?? 1]);
  if (!bySize && Math.floor(Number(scaling.data[0]) * from) !== output[axis]) {
    throw new Error('keep_aspect_ratio_policy with sizes that round up has no gradient');
  }
  const region = cropsItsInput(d) ? b.constant(float32([2], regionOf(d, axis))) : undefined;
  const extent = bySize ? [undefined, b.int64s([to])] : [b.constant(scaling)];
  const resized = b.op('Resize', [b.constant(identity), region, ...extent], attributesOfAxis(d));
  return ops.cast(b, ops.reshape(b, resized, [to, from]), gradientOf(d).type.elementType);
}

const keepsNoAspect = (d: Differentiation) =>
  stringAttribute(d.node, 'keep_aspect_ratio_policy', 'stretch') === 'stretch';

/** The node's attributes for axis 2 alone; what lies outside the input is a constant, so it counts as 0. */
function attributesOfAxis({ node }: Differentiation): Attributes {
  const { keep_aspect_ratio_policy: _, ...same } = node.attributes;
  return { ...same, axes: ints([2]), extrapolation_value: float(0) };
}

/** The axes that the node resizes, counted from the front. */
function namedAxes(d: Differentiation): readonly number[] {
  const rank = inputAt(d, 0).type.shape.length;
  return (intsAttribute(d.node, 'axes') ?? upTo(rank)).map((axis) => normalizeAxis(axis, rank));
}

/** Start and end of the part of one axis that is resized. */
function regionOf(d: Differentiation, axis: number): readonly number[] {
  const axes = namedAxes(d);
  const index = axes.indexOf(axis);
  const roi = optionalNumbers(d.shapes, 1, 'roi') ?? [];
  return [roi[index] ?? 0, roi[index + axes.length] ?? 1];
}

/** Rᵀ·g along one axis, as a matrix product. */
function along(
  b: GraphBuilder,
  g: Value,
  { axis, from, to, matrix }: ResizedAxis & { readonly matrix: Value },
): Value {
  const { shape } = g.type;
  const result = shape.with(axis, from);
  const after = elementCount(shape.slice(axis + 1));
  if (after === 1) {
    return reshape(b, ops.matMul(b, reshape(b, g, [elementCount(shape) / to, to]), matrix), result);
  }
  const blocks = reshape(b, g, [elementCount(shape.slice(0, axis)), to, after]);
  return reshape(b, ops.matMul(b, ops.transpose(b, matrix, [1, 0]), blocks), result);
}
