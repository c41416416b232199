import { type ElementType, isFloat } from '../element-type.js';
import type { Tensor } from '../tensor.js';
import { NotFoldable } from './not-foldable.js';
import { floatsOf, integersOf, numbersOf, ofFloats, ofIntegers } from './numbers.js';

/** Floats to integers truncate towards zero; to bool anything but zero is true. */
export function castTensor(tensor: Tensor, elementType: ElementType): Tensor {
  const { shape } = tensor;
  if (elementType === 'bool') {
    return { elementType, shape, data: Uint8Array.from(numbersOf(tensor), (x) => Number(x !== 0)) };
  }
  if (isFloat(elementType)) return ofFloats(elementType, shape, numbersOf(tensor));
  if (!isFloat(tensor.elementType)) return ofIntegers(elementType, shape, integersOf(tensor));
  const values = Array.from(floatsOf(tensor), (x) => {
    if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 63) throw new NotFoldable(`${x} as ${elementType}`);
    return BigInt(Math.trunc(x));
  });
  return ofIntegers(elementType, shape, values);
}
