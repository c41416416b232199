import { expect } from 'vitest';
import { isFloat } from '../../../src/onnx/element-type.js';
import { numbersOf } from '../../../src/onnx/fold/numbers.js';
import type { Tensor } from '../../../src/onnx/tensor.js';

/** Two tensors of one type and shape: integers equal, floats to `tolerance` of the larger of 1 and their size. */
export function expectClose(
  actual: Tensor | undefined,
  expected: Tensor | undefined,
  text: string,
  tolerance = 2e-6,
) {
  expect(typeOf(actual), text).toEqual(typeOf(expected));
  if (!actual || !expected) return;
  const [a, e] = [numbersOf(actual), numbersOf(expected)];
  const allowed = isFloat(actual.elementType) ? tolerance : 0;
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] ?? 0, e[i] ?? 0];
    const isSame = Object.is(x, y) || Math.abs(x - y) <= allowed * Math.max(1, Math.abs(y));
    if (!isSame) expect.fail(`${text}: element ${i} is ${x}, expected ${y}`);
  }
}

const typeOf = (tensor: Tensor | undefined) =>
  tensor && { elementType: tensor.elementType, shape: tensor.shape };
