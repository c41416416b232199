import { type ElementType, elementCount, type Tensor, TYPED_ARRAYS } from 'onnx-gradients/graph';
import { UserError } from '../../errors.js';
import { tensorOver } from '../checkpoint.js';
import type { TensorReference } from './pickle-values.js';

/** Bytes of a storage: `begin` and `length` count from its first. */
export type ReadStorage = (begin: number, length: number) => Uint8Array<ArrayBuffer>;

/** Views that repeat or skip elements may be this big; no published weight comes near. */
const MOST_VIEW_BYTES = 2 ** 28;

/**
 * A tensor's elements, row-major, whatever its strides.
 *
 * @throws UserError when it reaches beyond its storage, or spreads over far more than it holds.
 */
export function readStrided(reference: TensorReference, elementType: ElementType, read: ReadStorage): Tensor {
  const { storage, offset, shape, strides } = reference;
  const width = TYPED_ARRAYS[elementType].BYTES_PER_ELEMENT;
  const elements = elementCount(shape);
  if (elements === 0) return tensorOver(elementType, shape, new Uint8Array(0));
  const span = shape.reduce((sum, side, axis) => sum + (side - 1) * (strides[axis] ?? 0), 1);
  if (!(offset + span <= storage.elements)) throw new UserError('it reaches beyond the end of its storage');
  if (isRowMajor(reference)) return tensorOver(elementType, shape, read(offset * width, elements * width));
  if (
    Math.max(span, elements) * width > MOST_VIEW_BYTES &&
    Math.max(span, elements) > 2 * Math.min(span, elements)
  ) {
    throw new UserError('it is a view that spreads over far more or fewer bytes than it has');
  }
  const source = tensorOver(elementType, [span], read(offset * width, span * width)).data;
  const result = tensorOver(elementType, shape, new Uint8Array(elements * width));
  gather(source, result.data, shape, strides);
  return result;
}

/** Whether the elements lie in order without gaps; strides of axes of length 1 say nothing. */
function isRowMajor({ shape, strides }: TensorReference): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const side = shape[axis] ?? 1;
    if (side !== 1 && strides[axis] !== expected) return false;
    expected *= side;
  }
  return true;
}

function gather(
  source: Tensor['data'],
  target: Tensor['data'],
  shape: readonly number[],
  strides: readonly number[],
): void {
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < target.length; to += 1) {
    target[to] = source[from] as never; // Both are arrays of the same type.
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const next = (index[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      index[axis] = 0;
    }
  }
}
