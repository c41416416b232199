import { describe, expect, it } from 'vitest';
import { int, ints } from '../../src/onnx/builder.js';
import type { Attributes } from '../../src/onnx/graph.js';
import type { Shape } from '../../src/onnx/tensor.js';
import { emittedFor } from './support/emitted.js';
import { float } from './support/gradient-of-sum.js';

/** The shapes of what nodes of one operator put out in the gradient by a kernel. */
function shapesOf(opType: string, x: Shape, w: Shape, attributes: Attributes = {}): readonly Shape[] {
  const { needed } = emittedFor((b) => {
    const by = float(b, 'w', ...w);
    return { y: b.op('Conv', [float(b, 'x', ...x), by], attributes), by };
  });
  return needed.filter((node) => node.opType === opType).map(({ shape }) => shape);
}

const products = (x: Shape, w: Shape, attributes?: Attributes) => shapesOf('MatMul', x, w, attributes);

describe('a kernel’s gradient is the products for which least is copied', () => {
  it.each([
    ['few channels come in: slices of x', [1, 3, 9, 9], [16, 3, 3, 3], [[1, 16, 27]]],
    ['few channels go out: slices of g', [1, 16, 9, 9], [3, 16, 3, 3], [[1, 27, 16]]],
    [
      'many do both: rows of g by columns of x',
      [1, 16, 9, 9],
      [16, 16, 3, 3],
      [
        [1, 48, 16],
        [1, 48, 16],
        [1, 48, 16],
      ],
    ],
    [
      'a flat kernel is crossed by its two rows',
      [1, 8, 9, 9],
      [8, 8, 2, 5],
      new Array(5).fill([1, 16, 8]) as number[][],
    ],
    ['its five columns are too many', [1, 8, 9, 9], [3, 8, 2, 5], [[1, 30, 8]]],
    ['one dimension is not crossed', [1, 8, 9], [8, 8, 3], [[1, 8, 24]]],
  ] as const)('%s', (_, x, w, expected) => {
    expect(products(x, w)).toEqual(expected);
  });

  it('takes a stride that divides the kernel for phases of x', () => {
    // 2 × 2 phases of 3 channels, seen by 2 × 2 places
    expect(products([1, 3, 10, 10], [16, 3, 4, 4], { strides: ints([2, 2]) })).toEqual([[1, 16, 48]]);
    expect(shapesOf('Transpose', [1, 3, 10, 10], [16, 3, 4, 4], { strides: ints([2, 2]) })[0]).toEqual([
      1, 3, 2, 2, 5, 5,
    ]);
  });

  it.each([
    ['a stride that does not', [16, 3, 3, 3], { strides: ints([2, 2]) }],
    ['dilations', [16, 3, 2, 2], { strides: ints([2, 2]), dilations: ints([2, 2]) }],
  ] as const)('takes slices of x for %s', (_, w, attributes) => {
    const [, , rows = 1, columns = 1] = w;
    expect(products([1, 3, 11, 11], w, attributes)).toEqual([[1, 16, 3 * rows * columns]]);
    expect(shapesOf('Transpose', [1, 3, 11, 11], w, attributes)).not.toContainEqual([1, 3, 2, 2, 6, 6]);
  });

  it('takes a convolution for groups', () => {
    expect(shapesOf('Conv', [1, 4, 9, 9], [4, 2, 3, 3], { group: int(2) })).toHaveLength(1);
    expect(shapesOf('Conv', [1, 4, 9, 9], [4, 4, 3, 3])).toEqual([]);
  });
});

describe('what is padded reaches as far as the kernel and no further', () => {
  it.each([
    // last = (4 − 1)·3 + (3 − 1)·2 + 1 = 14, of which 1 + 10 are there
    [
      'slices of x by strides and dilations',
      [1, 2, 10],
      [8, 2, 3],
      { strides: ints([3]), dilations: ints([2]), pads: ints([1, 3]) },
      [[1, 2, 14]],
    ],
    // last = (4 − 1)·3 + 2 = 11: all of the padded input
    [
      'slices of x moved by a pad',
      [1, 2, 10],
      [8, 2, 2],
      { strides: ints([3]), pads: ints([1, 0]) },
      [[1, 2, 11]],
    ],
    ['blocks of phases', [1, 2, 7], [8, 2, 4], { strides: ints([2]), pads: ints([1, 1]) }, [[1, 2, 8]]],
    [
      'rows of g and columns of x',
      [1, 16, 5, 5],
      [16, 16, 3, 3],
      { pads: ints([1, 1, 1, 1]) },
      [
        [1, 16, 7, 5],
        [1, 16, 7, 5],
        [1, 16, 7, 5],
        [1, 16, 7, 5],
        [1, 16, 7, 5],
        [1, 16, 7, 5],
      ],
    ],
  ] as const)('%s', (_, x, w, attributes, expected) => {
    expect(shapesOf('Pad', x, w, attributes)).toEqual(expected);
  });
});
