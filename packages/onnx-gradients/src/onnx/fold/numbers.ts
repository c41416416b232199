import { type ElementType, isFloat, TYPED_ARRAYS } from '../element-type.js';
import { decodeBfloat16, decodeHalf, encodeBfloat16, encodeHalf } from '../half.js';
import type { Shape, Tensor } from '../tensor.js';

/** The elements of a float tensor as JavaScript numbers. */
export function floatsOf({ elementType, data }: Tensor): ArrayLike<number> {
  if (elementType === 'float16') return decodeHalf(data as Uint16Array); // float16 is kept in a Uint16Array.
  if (elementType === 'bfloat16') return decodeBfloat16(data as Uint16Array); // So is bfloat16.
  return data as Float32Array | Float64Array; // What remains of the float types.
}

/** The elements of an integer or bool tensor, exact. */
export function integersOf({ data }: Tensor): readonly bigint[] {
  return Array.from(data as ArrayLike<number | bigint>, BigInt); // A union of arrays has no common iterator type.
}

/** A tensor of a float type from numbers, rounded to it. */
export function ofFloats(elementType: ElementType, shape: Shape, values: ArrayLike<number>): Tensor {
  if (elementType === 'float16') return { elementType, shape, data: encodeHalf(values) };
  if (elementType === 'bfloat16') return { elementType, shape, data: encodeBfloat16(values) };
  const Data = elementType === 'float64' ? Float64Array : Float32Array;
  return { elementType, shape, data: values instanceof Data ? values : Data.from(values) };
}

/** A tensor of an integer type from exact integers, wrapped to its width. */
export function ofIntegers(elementType: ElementType, shape: Shape, values: readonly bigint[]): Tensor {
  if (elementType === 'int64') return { elementType, shape, data: BigInt64Array.from(values) };
  if (elementType === 'uint64') return { elementType, shape, data: BigUint64Array.from(values) };
  const data = new TYPED_ARRAYS[elementType](values.length);
  for (const [i, value] of values.entries()) data[i] = Number(BigInt.asIntN(32, value)) as never; // Not a bigint array: both were handled above.
  return { elementType, shape, data };
}

/** The elements of any tensor as numbers; large 64-bit integers are rounded. */
export function numbersOf(tensor: Tensor): ArrayLike<number> {
  if (isFloat(tensor.elementType)) return floatsOf(tensor);
  if (tensor.data instanceof BigInt64Array || tensor.data instanceof BigUint64Array) {
    return Float64Array.from(tensor.data, Number);
  }
  return tensor.data;
}
