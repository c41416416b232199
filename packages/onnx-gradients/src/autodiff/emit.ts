/*
 * The vocabulary of the rules beside onnx/ops: each function emits what it is named for, or nothing where nothing
 * would change.
 */
import type { GraphBuilder, Value } from '../onnx/builder.js';
import { type ElementType, TYPED_ARRAYS } from '../onnx/element-type.js';
import * as ops from '../onnx/ops.js';
import { elementCount, type Shape, tensor } from '../onnx/tensor.js';

/** A float constant of the element type of `like`; half precision goes through a Cast that the runtime folds. */
export function floats(b: GraphBuilder, like: Value, shape: Shape, values: ArrayLike<number>): Value {
  const { elementType } = like.type;
  if (elementType === 'float64') return b.constant(tensor('float64', shape, Float64Array.from(values)));
  return ops.cast(b, b.constant(tensor('float32', shape, Float32Array.from(values))), elementType);
}

export function scalar(b: GraphBuilder, like: Value, value: number): Value {
  return floats(b, like, [], [value]);
}

/** `value` times a number. */
export function scale(b: GraphBuilder, value: Value, factor: number): Value {
  return factor === 1 ? value : ops.mul(b, value, scalar(b, value, factor));
}

export function square(b: GraphBuilder, value: Value): Value {
  return ops.mul(b, value, value);
}

/** The value where the condition holds, 0 elsewhere; unlike a product it is safe where the value is not finite. */
export function keepWhere(b: GraphBuilder, condition: Value, value: Value): Value {
  return ops.where(b, condition, value, scalar(b, value, 0));
}

export function reshape(b: GraphBuilder, value: Value, shape: Shape): Value {
  return sameShape(value.type.shape, shape) ? value : ops.reshape(b, value, shape);
}

export function transpose(b: GraphBuilder, value: Value, permutation: readonly number[]): Value {
  return permutation.every((axis, index) => axis === index) ? value : ops.transpose(b, value, permutation);
}

export function expand(b: GraphBuilder, value: Value, shape: Shape): Value {
  return sameShape(value.type.shape, shape) ? value : ops.expand(b, value, shape);
}

/** Σ over the axes, which stay with length 1. */
export function sumOver(b: GraphBuilder, value: Value, axes: readonly number[]): Value {
  const long = axes.filter((axis) => dimension(value, axis) !== 1);
  return ops.reduceSum(b, value, long);
}

export interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** x[start:end] along each named axis. */
export function slice(b: GraphBuilder, value: Value, ranges: readonly Range[]): Value {
  const cutting = ranges.filter(({ axis, start, end }) => start > 0 || end < dimension(value, axis));
  if (cutting.length === 0) return value;
  return ops.slice(b, value, {
    starts: cutting.map(({ start }) => start),
    ends: cutting.map(({ end }) => end),
    axes: cutting.map(({ axis }) => axis),
  });
}

/** The value backwards along the axes. */
export function reverse(b: GraphBuilder, value: Value, axes: readonly number[]): Value {
  const long = axes.filter((axis) => dimension(value, axis) !== 1);
  if (long.length === 0) return value;
  return ops.slice(b, value, {
    starts: long.map(() => -1),
    ends: long.map(() => Number.MIN_SAFE_INTEGER),
    axes: long,
    steps: long.map(() => -1),
  });
}

export interface Margin {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

/** Zeros around the value; a negative margin crops instead. */
export function pad(b: GraphBuilder, value: Value, margins: readonly Margin[]): Value {
  const cropped = slice(
    b,
    value,
    margins.map(({ axis, before, after }) => ({
      axis,
      start: Math.max(0, -before),
      end: dimension(value, axis) - Math.max(0, -after),
    })),
  );
  const rank = value.type.shape.length;
  const pads = new Array<number>(2 * rank).fill(0);
  for (const { axis, before, after } of margins) {
    pads[axis] = Math.max(0, before);
    pads[rank + axis] = Math.max(0, after);
  }
  return pads.every((amount) => amount === 0) ? cropped : ops.pad(b, cropped, { pads });
}

/** `count − 1` zeros after every element of an axis: length n becomes n·count. */
export function spread(b: GraphBuilder, value: Value, axis: number, count: number): Value {
  if (count === 1) return value;
  const { shape } = value.type;
  const column = ops.reshape(b, value, shape.toSpliced(axis + 1, 0, 1));
  const padded = pad(b, column, [{ axis: axis + 1, before: 0, after: count - 1 }]);
  return ops.reshape(b, padded, shape.with(axis, dimension(value, axis) * count));
}

export function concat(b: GraphBuilder, values: readonly Value[], axis: number): Value {
  const [only] = values;
  return only && values.length === 1 ? only : ops.concat(b, values, axis);
}

export function zeros(b: GraphBuilder, like: Value, shape: Shape): Value {
  const { elementType } = like.type;
  const zero = tensor(elementType, [1], new TYPED_ARRAYS[elementType](1));
  return b.op('ConstantOfShape', [b.int64s(shape)], { value: { kind: 'tensor', value: zero } });
}

interface AddedAt {
  /** The shape of the zeros that is added to. */
  readonly shape: Shape;
  readonly indices: Value;
  readonly updates: Value;
}

/**
 * Updates added to zeros at positions along an axis. In half precision the sum runs as float32, which is more exact and which
 * ONNX Runtime's CPU has a kernel for.
 */
export function addAt(b: GraphBuilder, { shape, indices, updates }: AddedAt, axis = 0): Value {
  const { elementType } = updates.type;
  const wide = widened(b, updates);
  const data = zeros(b, wide, shape);
  const sums = ops.scatterElements(b, { data, indices, updates: wide, reduction: 'add' }, axis);
  return ops.cast(b, sums, elementType);
}

const isHalf = (elementType: ElementType) => elementType === 'float16' || elementType === 'bfloat16';

/** A value as float32 where it is of half precision, for operators that the CPU has no other kernel for. */
export function widened(b: GraphBuilder, value: Value): Value {
  return isHalf(value.type.elementType) ? ops.cast(b, value, 'float32') : value;
}

/** One number everywhere, made by the runtime where there are many. */
export function filled(b: GraphBuilder, like: Value, shape: Shape, value: number): Value {
  const count = elementCount(shape);
  if (count <= 4096) return floats(b, like, shape, new Array<number>(count).fill(value));
  return expand(b, scalar(b, like, value), shape);
}

/** 1 where the condition holds and 0 elsewhere, in the element type of `like`. */
export function indicator(b: GraphBuilder, condition: Value, like: Value): Value {
  return ops.cast(b, condition, like.type.elementType);
}

/** The length of one axis. */
export function dimension({ name, type }: Value, axis: number): number {
  const length = type.shape[axis];
  if (length === undefined) throw new Error(`"${name}" of rank ${type.shape.length} has no axis ${axis}`);
  return length;
}

export function sameShape(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((length, axis) => length === other[axis]);
}

/** 0, 1, … count − 1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The permutation that undoes this one. */
export function inverse(permutation: readonly number[]): number[] {
  return upTo(permutation.length).map((axis) => permutation.indexOf(axis));
}
