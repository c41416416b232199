import { intAttribute } from '../attributes.js';
import { normalizeAxes, normalizeAxis } from '../axes.js';
import type { Shape } from '../tensor.js';
import { constantNumber, operand, optionalNumbers } from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';

/** A shape with some axes reduced: kept as 1, or dropped. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  const reduced = new Set(axes);
  if (keepDims) return shape.map((dimension, axis) => (reduced.has(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !reduced.has(axis));
}

/** The axes an opset-18 reduction works on, ascending: none given means all, unless `noop_with_empty_axes`. */
export function reductionAxes(context: ShapeContext): readonly number[] {
  const { shape } = operand(context, 0);
  const axes = optionalNumbers(context, 1, 'axes') ?? [];
  if (axes.length > 0) return normalizeAxes(axes, shape.length);
  return intAttribute(context.node, 'noop_with_empty_axes', 0) ? [] : shape.map((_, axis) => axis);
}

const reduce: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const keepDims = intAttribute(context.node, 'keepdims', 1) === 1;
  return [{ elementType, shape: reducedShape(shape, reductionAxes(context), keepDims) }];
};

const argument: ShapeRule = (context) => {
  const { shape } = operand(context, 0);
  const axis = normalizeAxis(intAttribute(context.node, 'axis', 0), shape.length);
  const keepDims = intAttribute(context.node, 'keepdims', 1) === 1;
  return [{ elementType: 'int64', shape: reducedShape(shape, [axis], keepDims) }];
};

const topK: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const axis = normalizeAxis(intAttribute(context.node, 'axis', -1), shape.length);
  const k = constantNumber(context, 1, 'k');
  if (k < 0 || k > (shape[axis] ?? 0)) throw new Error(`Expected k of at most ${shape[axis]}, got ${k}.`);
  const output = shape.with(axis, k);
  return [
    { elementType, shape: output },
    { elementType: 'int64', shape: output },
  ];
};

const cumSum: ShapeRule = (context) => {
  operand(context, 1);
  return [operand(context, 0)];
};

export const REDUCTION = {
  ArgMax: argument,
  ArgMin: argument,
  CumSum: cumSum,
  ReduceL1: reduce,
  ReduceL2: reduce,
  ReduceLogSum: reduce,
  ReduceLogSumExp: reduce,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
  TopK: topK,
} as const satisfies Record<string, ShapeRule>;
