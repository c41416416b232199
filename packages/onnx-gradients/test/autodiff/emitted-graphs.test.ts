import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/autodiff/gradients.js';
import { GraphBuilder, ints, string, type Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { elementCount, float32, type Shape } from '../../src/onnx/tensor.js';
import { emitted } from './support/emitted.js';

const weights = (b: GraphBuilder, name: string, ...shape: readonly number[]) =>
  b.constant(float32(shape, new Float32Array(elementCount(shape)).fill(0.5)), name);

describe('the emitted graph is as small as it can be', () => {
  const cases: readonly (readonly [
    string,
    Shape,
    (b: GraphBuilder, x: Value) => Value,
    readonly string[],
  ])[] = [
    [
      'a convolution at stride 1: one convolution with a constant kernel',
      [1, 3, 8, 8],
      (b, x) => ops.conv(b, x, weights(b, 'w', 4, 3, 3, 3), { pads: [1, 1, 1, 1] }),
      ['Conv'],
    ],
    [
      'a convolution at stride 2: one ConvTranspose with the same kernel',
      [1, 3, 8, 8],
      (b, x) => ops.conv(b, x, weights(b, 'w', 4, 3, 3, 3), { pads: [1, 1, 1, 1], strides: [2, 2] }),
      ['ConvTranspose'],
    ],
    [
      'patches: one matrix product',
      [1, 3, 8, 8],
      (b, x) => ops.conv(b, x, weights(b, 'w', 4, 3, 2, 2), { strides: [2, 2] }),
      ['Transpose', 'Reshape', 'Reshape', 'MatMul', 'Reshape', 'Transpose', 'Reshape'],
    ],
    [
      'a transposed convolution: one convolution',
      [1, 3, 4, 4],
      (b, x) => ops.convTranspose(b, x, weights(b, 'w', 3, 2, 2, 2), { strides: [2, 2] }),
      ['Conv'],
    ],
    [
      'a product with a matrix: one Gemm that reads it as it lies',
      [2, 7, 3],
      (b, x) => ops.matMul(b, x, weights(b, 'w', 3, 5)),
      ['Reshape', 'Gemm', 'Reshape'],
    ],
    ['swish: one slope', [5], (b, x) => ops.mul(b, x, ops.sigmoid(b, x)), ['Add', 'Mul', 'Sub', 'Mul']],
    [
      'quick GELU: one slope',
      [5],
      (b, x) => ops.mul(b, x, ops.sigmoid(b, ops.mul(b, b.scalar(1.702), x))),
      ['Mul', 'Add', 'Mul', 'Sub', 'Mul'],
    ],
    [
      'nearest enlargement by 2: one average pool, scaled',
      [1, 3, 4, 4],
      (b, x) =>
        ops.resize(b, x, {
          scales: [1, 1, 2, 2],
          mode: 'nearest',
          attributes: { coordinate_transformation_mode: string('asymmetric'), nearest_mode: string('floor') },
        }),
      ['AveragePool', 'Mul'],
    ],
    [
      'nearest enlargement between half pixels: the same',
      [1, 3, 4, 4],
      (b, x) => ops.resize(b, x, { scales: [1, 1, 2, 2], mode: 'nearest' }),
      ['AveragePool', 'Mul'],
    ],
    [
      'average pooling in tiles: one nearest enlargement, scaled',
      [1, 3, 4, 4],
      (b, x) => ops.averagePool(b, x, { kernel: [2, 2], strides: [2, 2] }),
      ['Mul', 'Resize'],
    ],
    [
      'one row of many: a margin of zeros',
      [1, 7, 3],
      (b, x) => ops.gather(b, x, b.int64(0), 1),
      ['Reshape', 'Pad'],
    ],
    [
      'a slice: a margin of zeros',
      [7, 3],
      (b, x) => ops.slice(b, x, { starts: [2], ends: [4], axes: [0] }),
      ['Pad'],
    ],
    [
      'one part of a split: a margin of zeros',
      [2, 7],
      (b, x) => ops.split(b, x, [2, 4, 1], 1)[1] ?? x,
      ['Pad'],
    ],
    [
      'a repeated edge: one fold for the side it is on',
      [1, 4],
      (b, x) => ops.pad(b, x, { pads: [0, 0, 0, 2], mode: 'edge' }),
      ['Slice', 'Slice', 'ReduceSum', 'Pad', 'Add'],
    ],
    [
      'a repeated edge on the other side: the same',
      [1, 4],
      (b, x) => ops.pad(b, x, { pads: [0, 2, 0, 0], mode: 'edge' }),
      ['Slice', 'Slice', 'ReduceSum', 'Pad', 'Add'],
    ],
    [
      'a mirror on the other side: the same',
      [1, 4],
      (b, x) => ops.pad(b, x, { pads: [0, 0, 0, 2], mode: 'reflect' }),
      ['Slice', 'Slice', 'Slice', 'Pad', 'Add'],
    ],
    [
      'a mirror: one fold for the side it is on',
      [1, 4],
      (b, x) => ops.pad(b, x, { pads: [0, 2, 0, 0], mode: 'reflect' }),
      ['Slice', 'Slice', 'Slice', 'Pad', 'Add'],
    ],
    ['a concatenation: a slice', [2, 3], (b, x) => ops.concat(b, [weights(b, 'w', 2, 1), x], 1), ['Slice']],
    ['a sum: nothing but the expansion', [4, 3], (b, x) => ops.reduceSum(b, x, [1]), ['Expand']],
    [
      'a bias: nothing',
      [4, 3],
      (b, x) => ops.reshape(b, ops.add(b, x, weights(b, 'w', 3)), [12]),
      ['Reshape'],
    ],
    [
      'BatchNormalization: one product with a vector',
      [1, 3, 4, 4],
      (b, x) => ops.batchNormalization(b, [x, ...['s', 'b', 'm', 'v'].map((name) => weights(b, name, 3))]),
      ['Add', 'Sqrt', 'Reciprocal', 'Mul', 'Reshape', 'Mul'],
    ],
    ['axes of length 1: no sums', [1, 3], (b, x) => ops.mul(b, x, weights(b, 'w', 1, 3)), ['Mul']],
    [
      'a padding that is not there: nothing',
      [2, 3],
      (b, x) => ops.exp(b, ops.pad(b, x, { pads: [0, 0, 0, 0] })),
      ['Mul'],
    ],
    [
      'the identical transposition: nothing',
      [2, 3],
      (b, x) => ops.neg(b, b.op('Transpose', [x], { perm: ints([0, 1]) })),
      ['Neg'],
    ],
  ];
  it.each(cases)('%s', (_, shape, build, expected) => {
    expect(emitted(shape, build)).toEqual(expected);
  });

  it('an InstanceNormalization of scale one: without that scale', () => {
    const normalise = (scale: number) => (b: GraphBuilder, x: Value) =>
      ops.instanceNormalization(b, [
        x,
        b.constant(float32([2], [1, scale])),
        b.constant(float32([2], [0, 0])),
      ]);
    const [plain, scaled] = [1, 2].map((scale) => emitted([1, 2, 9], normalise(scale)).length);
    expect(scaled).toBe((plain ?? 0) + 2);
  });

  it('an average over windows of one size: without a table of sizes', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [1, 1, 9, 9] });
    const y = ops.averagePool(b, x, { kernel: [3, 3] });
    const [gradient] = gradients(b, {
      of: [{ value: y, cotangent: b.input('cotangent', y.type) }],
      wrt: [x],
    });
    b.output(gradient ?? x);
    const sizes = [...b.build('gradient').graph.initializers.values()].map(({ shape }) =>
      elementCount(shape),
    );
    expect(Math.max(...sizes)).toBe(9);
  });
});
