import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { float32 } from '../../src/onnx/tensor.js';
import { float, gradientOfSum, run } from './support/gradient-of-sum.js';

describe('ties', () => {
  it('share a maximum equally', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 4);
    expect(await run(b, gradientOfSum(b, ops.reduceMax(b, x, [0]), x), { x: [2, 1, 2, 0] })).toEqual([
      0.5, 0, 0.5, 0,
    ]);
  });

  it('share between equal operands of Max', async () => {
    const b = new GraphBuilder();
    const [x, z] = [float(b, 'x', 2), b.constant(float32([2], [1, 5]))];
    expect(await run(b, gradientOfSum(b, ops.max(b, [x, z]), x), { x: [1, 4] })).toEqual([0.5, 0]);
  });

  it('go to the first place of a pooling window', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1, 1, 4);
    const y = ops.maxPool(b, x, { kernel: [3], strides: [1] });
    expect(await run(b, gradientOfSum(b, y, x), { x: [2, 2, 1, 2] })).toEqual([1, 1, 0, 0]);
  });

  it('go to the first place of a whole picture', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1, 1, 4);
    expect(await run(b, gradientOfSum(b, ops.globalMaxPool(b, x), x), { x: [1, 2, 2, 0] })).toEqual([
      0, 1, 0, 0,
    ]);
  });
});

describe('kinks take the side that PyTorch takes', () => {
  const kinks: readonly (readonly [string, (b: GraphBuilder, x: Value) => Value, number])[] = [
    ['Abs', ops.abs, 0],
    ['Relu', ops.relu, 0],
    ['LeakyRelu', (b, x) => ops.leakyRelu(b, x, 0.25), 0.25],
    ['Elu', (b, x) => ops.elu(b, x, 0.5), 0.5],
    ['Clip at its bound', (b, x) => ops.clip(b, x, b.scalar(0), undefined), 1],
    ['ReduceL2 of zero', (b, x) => ops.reduceL2(b, x, [0]), 0],
  ];
  it.each(kinks)('%s at 0', async (_, build, expected) => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    expect(await run(b, gradientOfSum(b, build(b, x), x), { x: [0] })).toEqual([expected]);
  });
});

describe('a picture one pixel wide', () => {
  it('gives all of its reflections to that pixel', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1, 1, 1, 1);
    const grid = b.constant(float32([1, 1, 3, 2], [-0.7, 0.3, 0, 0, 2.5, -1.2]));
    const y = ops.gridSample(b, x, grid, { paddingMode: 'reflection', alignCorners: true });
    expect(await run(b, gradientOfSum(b, y, x), { x: [5] })).toEqual([3]);
  });
});
