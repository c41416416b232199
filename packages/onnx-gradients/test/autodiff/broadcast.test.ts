import { describe, expect, it } from 'vitest';
import { broadcastsTo, sumToShape } from '../../src/autodiff/broadcast.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import type { Shape } from '../../src/onnx/tensor.js';

describe('broadcastsTo', () => {
  it.each<readonly [Shape, Shape, boolean]>([
    [[], [], true],
    [[], [2, 3], true],
    [[3], [2, 3], true],
    [[2], [2, 3], false],
    [[2, 1], [2, 3], true],
    [[1, 3], [2, 3], true],
    [[3, 1], [2, 3], false],
    [[2, 3], [3], false],
    [[1, 3], [3], false],
    [[2, 3], [2, 1], false],
  ])('[%s] to [%s]: %s', (from, to, expected) => {
    expect(broadcastsTo(from, to)).toBe(expected);
  });
});

describe('sumToShape', () => {
  /** The operators it emits, and the shape of their result. */
  function summed(gradient: Shape, from: Shape, to: Shape) {
    const builder = new GraphBuilder();
    const value = builder.input('g', { elementType: 'float32', shape: gradient });
    const result = sumToShape({ builder, gradient: value, from, to });
    return [builder.nodes.map(({ opType }) => opType), result.type.shape];
  }

  it('sums over the axes that were repeated', () => {
    expect(summed([2, 3, 5], [2, 3, 5], [3, 1])).toEqual([
      ['ReduceSum', 'Reshape'],
      [3, 1],
    ]);
  });

  it('multiplies instead where the gradient is unexpanded', () => {
    expect(summed([1, 1, 1], [2, 3, 5], [3, 1])).toEqual([
      ['Mul', 'Reshape'],
      [1, 1],
    ]);
  });

  it('does both where the gradient is expanded in part', () => {
    expect(summed([2, 1, 1], [2, 3, 5], [1])).toEqual([['ReduceSum', 'Mul', 'Reshape'], [1]]);
  });

  it('knows the axes of a gradient that has fewer than its input', () => {
    expect(summed([3], [2, 3], [])).toEqual([['ReduceSum', 'Mul', 'Reshape'], []]);
  });

  it('leaves a gradient alone that has fewer axes than its input', () => {
    expect(summed([5], [2, 3, 5], [2, 3, 5])).toEqual([[], [5]]);
  });
});
