import { describe, expect, it } from 'vitest';
import { differentiateModel } from '../../src/autodiff/differentiate-model.js';
import { gradients } from '../../src/autodiff/gradients.js';
import { GraphBuilder, string, type Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { bool, float32, int64 } from '../../src/onnx/tensor.js';
import { model, node, value } from '../onnx/support/models.js';
import { runGraph } from '../support/run-graph.js';
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

  it('share between equal operands of Max, and nothing where a number is above them', async () => {
    const b = new GraphBuilder();
    const [x, z] = [float(b, 'x', 3), b.constant(float32([3], [-2, 2, 1]))];
    const y = ops.max(b, [x, z, b.scalar(0)]);
    expect(await run(b, gradientOfSum(b, y, x), { x: [-1, 2, 3] })).toEqual([0, 0.5, 1]);
  });

  it('share between what was there and what is scattered over it', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const places = b.constant(int64([3], [0, 0, 1]));
    const updates = b.constant(float32([3], [4, 4, 1]));
    const y = b.op('ScatterElements', [x, places, updates], { reduction: string('max') });
    // Three fours meet at the first place.
    expect(await run(b, gradientOfSum(b, y, x), { x: [4, 2] })).toEqual([Math.fround(1 / 3), 1]);
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
    ['Clip at its bound', (b, x) => ops.clip(b, x, b.scalar(0), undefined), 0],
    ['Max with the number', (b, x) => ops.max(b, [x, b.scalar(0)]), 0],
    ['Min with the number', (b, x) => ops.min(b, [b.scalar(0), x]), 0],
    ['ReduceL2 of zero', (b, x) => ops.reduceL2(b, x, [0]), 0],
    ['ReduceL1 of zero', (b, x) => ops.reduceL1(b, x, [0]), 0],
    ['Pow of 0 by its exponent', (b, x) => ops.pow(b, b.scalar(0), x), 0],
  ];
  it.each(kinks)('%s at 0', async (_, build, expected) => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    expect(await run(b, gradientOfSum(b, build(b, x), x), { x: [0] })).toEqual([expected]);
  });
});

describe('bounds', () => {
  const points = [-1, 0, 0.5, 1, 2];
  const clipped = async (low: number, high: number, by: string, areConstant: boolean) => {
    const b = new GraphBuilder();
    const x = float(b, 'x', points.length);
    const one = float(b, 'one');
    const bound = (name: string, value: number) => {
      const constant = b.constant(float32([], [value]), name);
      return areConstant ? constant : ops.mul(b, constant, one);
    };
    const [min, max] = [bound('low', low), bound('high', high)];
    const wanted = { x, min, max }[by] ?? x;
    return run(b, gradientOfSum(b, ops.clip(b, x, min, max), wanted), { x: points, one: [1] });
  };

  it.each([
    ['numbers take what equals them', 0, 1, 'x', true, [0, 0, 1, 0, 0]],
    ['values share what equals them', 0, 1, 'x', false, [0, 0.5, 1, 0.5, 0]],
    ['the lower gets what it cut off and half of what it equals', 0, 1, 'min', false, [1.5]],
    ['the upper gets what it cut off and half of what it equals', 0, 1, 'max', false, [1.5]],
    ['that cross let nothing through', 1, 0, 'x', false, [0, 0, 0, 0, 0]],
    ['that cross leave nothing to the lower', 1, 0, 'min', false, [0]],
    ['that cross leave all to the upper', 1, 0, 'max', false, [5]],
  ] as const)('%s', async (_, low, high, by, areConstant, expected) => {
    expect(await clipped(low, high, by, areConstant)).toEqual(expected);
  });
});

describe('bounds that an exporter casts like the input', () => {
  it('are numbers, so that nothing passes where they are reached', async () => {
    const clamped = model({
      inputs: [value('x', [3])],
      outputs: [value('y', [3])],
      initializers: new Map([
        ['zero', int64([], [0])],
        ['six', int64([], [6])],
      ]),
      nodes: [
        node('CastLike', ['zero', 'x'], ['low']),
        node('CastLike', ['six', 'x'], ['high']),
        node('Clip', ['x', 'low', 'high'], ['y']),
      ],
    });
    const inputs = { x: float32([3], [0, 1, 6]), 'cotangent/y': float32([3], [1, 1, 1]) };
    const results = await runGraph(differentiateModel(clamped, { of: 'y', wrt: ['x'] }), inputs);
    expect(Array.from(results['gradient/x']?.data ?? [], Number)).toEqual([0, 1, 0]);
  });
});

describe('rows that are masked as a whole', () => {
  const low = Number.NEGATIVE_INFINITY;

  it('get no gradient through a softmax whose NaNs are replaced', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 2);
    const weights = ops.softmax(b, ops.add(b, x, b.constant(float32([2, 2], [0, 0, low, low]))));
    const safe = ops.where(b, ops.testNaN(b, weights), b.scalar(0), weights);
    const y = ops.mul(b, safe, b.constant(float32([2, 2], [1, 3, 5, 7])));
    expect(await run(b, gradientOfSum(b, y, x), { x: [0, 0, 1, 2] })).toEqual([-0.5, 0.5, 0, 0]);
  });

  it.each([
    ['asks for what is no NaN', (b: GraphBuilder, y: Value) => ops.not(b, ops.testNaN(b, y))],
    ['asks of a copy', (b: GraphBuilder, y: Value) => ops.not(b, ops.testNaN(b, ops.identity(b, y)))],
    ['knows the rows by their mask', (b: GraphBuilder) => b.constant(bool([2, 1], [true, false]))],
  ] as const)('get no gradient where the graph %s', async (_, kept) => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 2);
    const weights = ops.softmax(b, ops.add(b, x, b.constant(float32([2, 2], [0, 0, low, low]))));
    const handed = ops.cast(b, ops.cast(b, weights, 'float64'), 'float32');
    const safe = ops.where(b, kept(b, handed), handed, b.scalar(0));
    const y = ops.mul(b, safe, b.constant(float32([2, 2], [1, 3, 5, 7])));
    expect(await run(b, gradientOfSum(b, y, x), { x: [0, 0, 1, 2] })).toEqual([-0.5, 0.5, 0, 0]);
  });

  it('pass on none of what arrives at them directly', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 2);
    const weights = ops.softmax(b, ops.add(b, x, b.constant(float32([2, 2], [0, 0, low, low]))));
    ops.where(b, ops.testNaN(b, weights), b.scalar(0), weights);
    const cotangent = b.constant(float32([2, 2], [1, 3, 5, 7]));
    const [gradient] = gradients(b, { of: [{ value: weights, cotangent }], wrt: [x] });
    expect(await run(b, gradient, { x: [0, 0, 1, 2] })).toEqual([-0.5, 0.5, 0, 0]);
  });

  it('get no gradient through the logarithm of a sum of exponentials', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 2);
    const y = ops.reduceLogSumExp(b, x, [1]);
    expect(await run(b, gradientOfSum(b, y, x), { x: [low, low, low, 3] })).toEqual([0, 0, 0, 1]);
  });
});

describe('in half precision', () => {
  const half = (b: GraphBuilder, value: Value) => ops.cast(b, value, 'float16');

  // A runtime without kernels of that type computes in float32 and rounds only what it stores.
  it.each([
    ['Max', (b: GraphBuilder, x: Value, z: Value) => ops.max(b, [x, z]), [1, 0, 0]],
    ['Min', (b: GraphBuilder, x: Value, z: Value) => ops.min(b, [x, z]), [0, 1, 1]],
    ['Max with a number', (b: GraphBuilder, x: Value) => ops.max(b, [x, half(b, b.scalar(0.3))]), [1, 0, 1]],
    ['ReduceMax', (b: GraphBuilder, x: Value) => ops.reduceMax(b, x, [0]), [0, 0, 1]],
    ['ReduceMin', (b: GraphBuilder, x: Value) => ops.reduceMin(b, x, [0]), [0, 1, 0]],
  ] as const)(
    '%s knows which of the values that it was computed from it chose',
    async (_, build, expected) => {
      const b = new GraphBuilder();
      const given = float(b, 'x', 3);
      const x = ops.sin(b, half(b, given));
      const z = ops.cos(b, half(b, float(b, 'z', 3)));
      const y = build(b, x, z);
      const gradient = ops.cast(b, gradientOfSum(b, y, x) ?? x, 'float32');
      b.output(y, 'y');
      expect(await run(b, gradient, { x: [0.51, 0.13, 0.77], z: [1.4, 1.13, 0.1] })).toEqual(expected);
    },
  );
});

describe('a product of a row', () => {
  it('has a gradient by its only zero, and none where two are', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 3, 3);
    const y = ops.reduceProd(b, x, [1]);
    expect(await run(b, gradientOfSum(b, y, x), { x: [2, 0, 3, 0, 0, 5, 2, 3, 4] })).toEqual([
      0, 6, 0, 0, 0, 0, 12, 8, 6,
    ]);
  });
});

describe('a picture one pixel wide', () => {
  it.each(['bilinear', 'bicubic'] as const)(
    'gives all of its reflections to that pixel, %s',
    async (mode) => {
      const b = new GraphBuilder();
      const x = float(b, 'x', 1, 1, 1, 1);
      const grid = b.constant(float32([1, 1, 3, 2], [-0.7, 0.3, 0, 0, 2.5, -1.2]));
      const y = ops.gridSample(b, x, grid, { mode, paddingMode: 'reflection', alignCorners: true });
      const [got] = await run(b, gradientOfSum(b, y, x), { x: [5] });
      expect(got).toBeCloseTo(3, 5);
    },
  );
});
