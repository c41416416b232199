import { intsAttribute, stringAttribute } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import { float, type GraphBuilder, ints, type Value } from '../../onnx/builder.js';
import type { Attributes } from '../../onnx/graph.js';
import * as ops from '../../onnx/ops.js';
import { optionalNumbers } from '../../onnx/shapes/operands.js';
import { type ResizeGeometry, resizeGeometry } from '../../onnx/shapes/resampling.js';
import { elementCount, float32 } from '../../onnx/tensor.js';
import { dimension, expand, reshape, sameShape, scale, slice, transpose, upTo, zeros } from '../emit.js';
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
  // ONNX Runtime copies its input where no axis changes its length, whatever the scales are.
  if (sameShape(x.type.shape, geometry.output)) return [g];
  if (geometry.output.includes(0)) return [zeros(b, x, x.type.shape)];
  const axes = namedAxes(d)
    .map((axis) => ({ axis, from: dimension(x, axis), to: geometry.output[axis] ?? 1 }))
    .filter(({ axis, from, to }) => from !== to || geometry.scales[axis] !== 1 || cropsItsInput(d));
  if (repeatsElements(d, axes, geometry)) return [blockSums(b, g, axes)];
  // The axis that shrinks most goes first: what follows is smaller.
  const order = axes.toSorted((one, other) => one.from / one.to - other.from / other.to);
  return [order.reduce((rest, axis) => along(b, rest, { ...axis, matrix: matrixOf(d, axis, geometry) }), g)];
};

const coordinateMode = (d: Differentiation) =>
  stringAttribute(d.node, 'coordinate_transformation_mode', 'half_pixel');

const cropsItsInput = (d: Differentiation) => coordinateMode(d) === 'tf_crop_and_resize';

/** Whether output i is input ⌊i/k⌋ with a whole k along every resized axis, all of them spatial. */
function repeatsElements(
  d: Differentiation,
  axes: readonly ResizedAxis[],
  { scales }: ResizeGeometry,
): boolean {
  const rounding = stringAttribute(d.node, 'nearest_mode', 'round_prefer_floor');
  const rounds = rounding.startsWith('round') && coordinateMode(d) === 'half_pixel';
  const floors = rounding === 'floor' && coordinateMode(d) === 'asymmetric';
  return (
    stringAttribute(d.node, 'mode', 'nearest') === 'nearest' &&
    (rounds || floors) &&
    axes.every(({ axis, from, to }) => axis >= 2 && to % from === 0 && scales[axis] === to / from)
  );
}

/** The sum of each block of k₂×k₃×… elements: the average pool times the block's size. */
function blockSums(b: GraphBuilder, g: Value, axes: readonly ResizedAxis[]): Value {
  const factors = g.type.shape.slice(2).fill(1);
  for (const { axis, from, to } of axes) factors[axis - 2] = to / from;
  return scale(b, ops.averagePool(b, g, { kernel: factors, strides: factors }), elementCount(factors));
}

/** The longest axes whose matrix is still built: beyond, it would not fit where the picture does. */
const LARGEST_MATRIX = 2 ** 24;

/**
 * R [to, from] of one axis: the Resize of the identity's columns along that axis. Beside it lies an axis along which
 * everything is equal, and which changes its length: without such a change the runtime would copy its input.
 */
function matrixOf(d: Differentiation, resized: ResizedAxis, geometry: ResizeGeometry): Value {
  const { builder: b } = d;
  const { axis, from, to } = resized;
  const beside = axisBeside(d, resized, geometry);
  if (from * Math.max(from, to) * beside.length > LARGEST_MATRIX)
    throw new Error(`the matrix from ${from} to ${to} elements along axis ${axis} is too large`);
  const [start = 0, end = 1] = regionOf(d, axis);
  const region = cropsItsInput(d) ? b.float32s([start, 0, end, 1]) : undefined;
  const columns = ops.reshape(b, identity(b, from), [from, 1, from, 1]);
  const repeated = expand(b, columns, [from, 1, from, beside.length]);
  const all = b.op('Resize', [repeated, region, ...beside.extent], attributesOfAxis(d));
  const rows = transpose(b, reshape(b, slice(b, all, [{ axis: 3, start: 0, end: 1 }]), [from, to]), [1, 0]);
  return ops.cast(b, rows, gradientOf(d).type.elementType);
}

interface AxisBeside {
  readonly length: number;
  /** The operands `scales` and `sizes`, for the axis itself and the one beside it. */
  readonly extent: readonly (Value | undefined)[];
}

/**
 * The axis beside the identity's has length 1 and becomes 2; where the aspect ratio is kept it is the axis that decides on
 * the ratio.
 */
function axisBeside(d: Differentiation, { axis, to }: ResizedAxis, { scales }: ResizeGeometry): AxisBeside {
  const { builder: b } = d;
  const sizes = optionalNumbers(d.shapes, 3, 'sizes') ?? [];
  if (sizes.length === 0) return { length: 1, extent: [b.float32s([Math.fround(scales[axis] ?? 1), 2])] };
  if (keepsNoAspect(d)) return { length: 1, extent: [undefined, b.int64s([to, 2])] };
  const axes = namedAxes(d);
  const lengths = axes.map((other) => dimension(inputAt(d, 0), other));
  const ratios = axes.map((_, index) => (sizes[index] ?? 1) / (lengths[index] ?? 1));
  const decides = ratios.indexOf(scales[axis] ?? Number.NaN);
  return {
    length: lengths[decides] ?? 1,
    extent: [undefined, b.int64s([sizes[axes.indexOf(axis)] ?? 1, sizes[decides] ?? 1])],
  };
}

/** The identity matrix, made by the runtime where it is large. */
function identity(b: GraphBuilder, length: number): Value {
  if (length > 128) return b.op('EyeLike', [zeros(b, b.scalar(0), [length, length])]);
  const data = new Float32Array(length * length);
  for (const index of upTo(length)) data[index * (length + 1)] = 1;
  return b.constant(float32([length, length], data));
}

const keepsNoAspect = (d: Differentiation) =>
  stringAttribute(d.node, 'keep_aspect_ratio_policy', 'stretch') === 'stretch';

/** The node's attributes for axes 2 and 3; what lies outside the input is a constant, so it counts as 0. */
function attributesOfAxis({ node }: Differentiation): Attributes {
  return { ...node.attributes, axes: ints([2, 3]), extrapolation_value: float(0) };
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
