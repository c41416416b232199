import { elementCount, type Shape, type Tensor } from 'onnx-gradients/graph';
import { type StoredTensor, tensorOver } from '../../checkpoints/checkpoint.js';
import { UserError } from '../../errors.js';
import type { Lookup, Recipe } from './layout.js';

/**
 * Makes the tensor of a recipe; nothing is read until it is.
 *
 * @returns the name that is missing, when one is.
 * @throws UserError when what is there has the wrong number of axes.
 */
export function prepareTensor(recipe: Recipe, lookup: Lookup): StoredTensor | string {
  if (recipe.kind === 'joined') {
    const parts: StoredTensor[] = [];
    for (const name of recipe.from) {
      const part = lookup(name);
      if (!part) return name;
      parts.push(part);
    }
    return joined(parts, recipe.from);
  }
  const stored = lookup(recipe.from);
  if (!stored) return recipe.from;
  const { shape } = stored;
  switch (recipe.kind) {
    case 'same':
      return stored;
    case 'transposed':
      return reordered(stored, axesOf(recipe.from, shape, [1, 0]));
    case 'channels-first':
      return reordered(stored, axesOf(recipe.from, shape, [3, 2, 0, 1]));
  }
}

function axesOf(name: string, shape: Shape, axes: readonly number[]): readonly number[] {
  if (shape.length === axes.length) return axes;
  throw new UserError(`Expected ${axes.length} axes in \`${name}\`, got shape [${shape.join(', ')}].`);
}

function reordered(stored: StoredTensor, axes: readonly number[]): StoredTensor {
  const shape = axes.map((axis) => stored.shape[axis] ?? 1);
  return { elementType: stored.elementType, shape, read: () => transpose(stored.read(), axes) };
}

/** The axes of a tensor in another order. */
function transpose(source: Tensor, axes: readonly number[]): Tensor {
  const shape = axes.map((axis) => source.shape[axis] ?? 1);
  const steps = axes.map((axis) => elementCount(source.shape.slice(axis + 1)));
  const target = tensorOver(source.elementType, shape, new Uint8Array(source.data.byteLength));
  const fill = (axis: number, from: number, to: number): void => {
    const inner = elementCount(shape.slice(axis + 1));
    for (let index = 0; index < (shape[axis] ?? 1); index += 1) {
      const at = from + index * (steps[axis] ?? 1);
      if (axis === shape.length - 1)
        target.data[to + index] = source.data[at] as never; // arrays of one type
      else fill(axis + 1, at, to + index * inner);
    }
  };
  fill(0, 0, 0);
  return target;
}

function joined(parts: readonly StoredTensor[], names: readonly string[]): StoredTensor {
  const [first] = parts;
  if (!first) throw new Error('There is nothing to join.');
  const {
    elementType,
    shape: [, ...rest],
  } = first;
  const fits = (part: StoredTensor) =>
    part.elementType === elementType && part.shape.slice(1).join() === rest.join() && part.shape.length > 0;
  if (!parts.every(fits)) throw new UserError(`Expected ${names.join(', ')} to have one type and width.`);
  const shape = [parts.reduce((sum, part) => sum + (part.shape[0] ?? 0), 0), ...rest];
  return {
    elementType,
    shape,
    read: () => {
      const chunks = parts
        .map((part) => part.read().data)
        .map((data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      return tensorOver(elementType, shape, new Uint8Array(Buffer.concat(chunks)));
    },
  };
}
