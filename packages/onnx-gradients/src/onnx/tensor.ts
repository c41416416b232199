import { type ElementType, type TensorData, TYPED_ARRAYS } from './element-type.js';

/** Dimensions, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** A static type: what every value has once a graph's dimensions are fixed. */
export interface TensorType {
  readonly elementType: ElementType;
  readonly shape: Shape;
}

/** A dense row-major tensor. `data.length` is the product of `shape`. */
export interface Tensor extends TensorType {
  readonly data: TensorData;
  /** A file that holds these very bytes, little-endian, so that nobody need write them again, nor read `data`. */
  readonly origin?: TensorOrigin;
}

export interface TensorOrigin {
  readonly path: string;
  /** Where they begin in it, in bytes. */
  readonly offset: number;
}

/** How many elements a shape holds (1 for a scalar). */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** How many bytes a dense tensor of a type takes. */
export function byteLength({ elementType, shape }: TensorType): number {
  return elementCount(shape) * TYPED_ARRAYS[elementType].BYTES_PER_ELEMENT;
}

/**
 * A tensor over existing data.
 *
 * @throws when the data's length or array type does not fit.
 */
export function tensor(elementType: ElementType, shape: Shape, data: TensorData): Tensor {
  const expected = elementCount(shape);
  if (data.length !== expected) {
    throw new Error(`Expected ${expected} elements for shape [${shape.join(', ')}], got ${data.length}.`);
  }
  if (!(data instanceof TYPED_ARRAYS[elementType])) {
    throw new Error(
      `Expected a ${TYPED_ARRAYS[elementType].name} for ${elementType}, got another array type.`,
    );
  }
  return { elementType, shape, data };
}

export function float32(shape: Shape, values: ArrayLike<number>): Tensor {
  return tensor('float32', shape, values instanceof Float32Array ? values : Float32Array.from(values));
}

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** int64 from a number; the ends of the range are no doubles, and "to the end" is often written with them. */
export function saturated(value: number | bigint): bigint {
  if (value === Number.POSITIVE_INFINITY) return INT64_MAX;
  if (value === Number.NEGATIVE_INFINITY) return INT64_MIN;
  if (typeof value === 'number' && !Number.isInteger(value))
    throw new Error(`Expected a whole number, got ${value}.`);
  const exact = BigInt(value);
  return exact > INT64_MAX ? INT64_MAX : exact < INT64_MIN ? INT64_MIN : exact;
}

export function int64(shape: Shape, values: readonly (number | bigint)[]): Tensor {
  return tensor('int64', shape, BigInt64Array.from(values, saturated));
}

export function bool(shape: Shape, values: readonly boolean[]): Tensor {
  return tensor('bool', shape, Uint8Array.from(values, Number));
}

/** The elements as JavaScript numbers; raw bits for float16 and bfloat16. Meant for small operands such as axes. */
export function toNumbers(tensor: Tensor): readonly number[] {
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number); // A union of arrays has no common iterator type.
}
