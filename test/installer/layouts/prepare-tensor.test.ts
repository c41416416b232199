import { describe, expect, it } from 'vitest';
import type { StoredTensor } from '../../../src/checkpoints/checkpoint.js';
import type { Recipe } from '../../../src/installer/layouts/layout.js';
import { prepareTensor } from '../../../src/installer/layouts/prepare-tensor.js';
import { fakeCheckpoint } from './fake-checkpoint.js';

const { tensors } = fakeCheckpoint({
  a: [2, 3],
  b: [1, 3],
  kernel: [1, 2, 2, 3],
  vector: [3],
  other: [2, 4],
});

function prepare(recipe: Recipe): StoredTensor {
  const prepared = prepareTensor(recipe, (name) => tensors.get(name));
  if (typeof prepared === 'string') throw new Error(`missing ${prepared}`);
  const { shape } = prepared.read();
  expect(shape).toEqual(prepared.shape);
  return prepared;
}
const valuesOf = (recipe: Recipe) => [...Array.from(prepare(recipe).read().data as Float32Array)];

describe('prepareTensor', () => {
  it('transposes a matrix', () => {
    expect(valuesOf({ kind: 'transposed', from: 'a' })).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it("brings a kernel's channels to the front", () => {
    // [h = 1, w = 2, in = 2, out = 3] → [3, 2, 1, 2]
    const prepared = prepare({ kind: 'channels-first', from: 'kernel' });
    expect(prepared.shape).toEqual([3, 2, 1, 2]);
    expect(Array.from(prepared.read().data as Float32Array)).toEqual([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11]);
  });

  it('joins along the first axis', () => {
    expect(prepare({ kind: 'joined', from: ['a', 'b'] }).shape).toEqual([3, 3]);
    expect(valuesOf({ kind: 'joined', from: ['a', 'b'] })).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2]);
  });

  it('names what is missing', () => {
    expect(prepareTensor({ kind: 'joined', from: ['a', 'c'] }, (name) => tensors.get(name))).toBe('c');
    expect(prepareTensor({ kind: 'same', from: 'c' }, (name) => tensors.get(name))).toBe('c');
  });

  it.each<[string, Recipe, RegExp]>([
    ['axes', { kind: 'transposed', from: 'vector' }, /Expected 2 axes in `vector`, got shape \[3\]/],
    ['widths', { kind: 'joined', from: ['a', 'other'] }, /to have one type and width/],
  ])('refuses other %s', (_, recipe, message) => {
    expect(() => prepare(recipe)).toThrow(message);
  });
});
