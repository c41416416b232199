import { describe, expect, test } from 'vitest';
import { GraphBuilder, type Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { bool, float32, int64, type Tensor } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';
import { expectClose } from './support/compare.js';

type Build = (b: GraphBuilder, x: Value) => Value | undefined;

/** What a line of ops.ts makes of x, computed by ONNX Runtime. */
async function apply(x: Tensor, build: Build): Promise<Tensor | undefined> {
  const b = new GraphBuilder();
  const y = build(b, b.input('x', { elementType: x.elementType, shape: x.shape }));
  if (!y) throw new Error('Expected a value.');
  b.output(y, 'y');
  return (await runGraph(b.build('g'), { x }))['y'];
}

const grid = float32([2, 3], [1, -2, 3, 4, 5, -6]);
const line = float32([4], [1, -2, 3, -4]);
const image = float32([1, 1, 2, 2], [1, 2, 3, 4]);
const ones = (b: GraphBuilder, shape: readonly number[]) =>
  b.constant(float32(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(1)));

/** Rows whose meaning an attribute or an operand's order could turn around. */
const ROWS: readonly (readonly [string, Tensor, Build, Tensor])[] = [
  [
    'mod has the sign of the divisor',
    int64([2], [-7, 7]),
    (b, x) => ops.mod(b, x, b.int64s([3])),
    int64([2], [2, 1]),
  ],
  [
    'mod as fmod has that of the dividend',
    line,
    (b, x) => ops.mod(b, x, b.scalar(3), true),
    float32([4], [1, -2, 0, -1]),
  ],
  ['mean', grid, (b, x) => ops.mean(b, [x, b.scalar(1)]), float32([2, 3], [1, -0.5, 2, 2.5, 3, -2.5])],
  [
    'clip from below only',
    line,
    (b, x) => ops.clip(b, x, b.scalar(0), undefined),
    float32([4], [1, 0, 3, 0]),
  ],
  [
    'clip from above only',
    line,
    (b, x) => ops.clip(b, x, undefined, b.scalar(0)),
    float32([4], [0, -2, 0, -4]),
  ],
  ['leakyRelu', line, (b, x) => ops.leakyRelu(b, x, 0.5), float32([4], [1, -1, 3, -2])],
  ['elu', float32([2], [-1, 1]), (b, x) => ops.elu(b, x, 2), float32([2], [2 * Math.expm1(-1), 1])],
  ['hardSigmoid', line, (b, x) => ops.hardSigmoid(b, x, 0.1, 0.3), float32([4], [0.4, 0.1, 0.6, 0])],
  [
    'where',
    line,
    (b, x) => ops.where(b, ops.greater(b, x, b.scalar(0)), x, ops.neg(b, x)),
    float32([4], [1, 2, 3, 4]),
  ],
  ['xor', bool([2], [true, false]), (b, x) => ops.xor(b, x, ops.not(b, x)), bool([2], [true, true])],
  ['testNaN', line, (b, x) => ops.testNaN(b, ops.log(b, x)), bool([4], [false, true, false, true])],
  [
    'gemm',
    grid,
    (b, x) => ops.gemm(b, [x, x, b.scalar(100)], { transB: true, alpha: 2, beta: 3 }),
    float32([2, 2], [328, 252, 252, 454]),
  ],
  ['einsum', grid, (b, x) => ops.einsum(b, 'ij->ji', [x]), float32([3, 2], [1, 4, -2, 5, 3, -6])],
  [
    'conv with a bias and pads at one end',
    image,
    (b, x) =>
      ops.conv(b, x, ones(b, [1, 1, 2, 2]), { bias: b.float32s([0.5]), pads: [1, 0, 0, 0], strides: [1, 1] }),
    float32([1, 1, 2, 1], [3.5, 10.5]),
  ],
  [
    'convTranspose',
    image,
    (b, x) => ops.convTranspose(b, x, ones(b, [1, 1, 1, 1]), { strides: [2, 2], outputPadding: [1, 0] }),
    float32([1, 1, 4, 3], [1, 0, 2, 0, 0, 0, 3, 0, 4, 0, 0, 0]),
  ],
  [
    'averagePool that counts its pads',
    image,
    (b, x) =>
      ops.averagePool(b, x, { kernel: [2, 2], pads: [1, 1, 0, 0], strides: [2, 2], countIncludePad: true }),
    float32([1, 1, 1, 1], [0.25]),
  ],
  [
    'averagePool that does not',
    image,
    (b, x) => ops.averagePool(b, x, { kernel: [2, 2], pads: [1, 1, 0, 0], strides: [2, 2] }),
    float32([1, 1, 1, 1], [1]),
  ],
  [
    'maxPool in ceil mode',
    image,
    (b, x) => ops.maxPool(b, x, { kernel: [1, 1], strides: [2, 2], ceilMode: true }),
    float32([1, 1, 1, 1], [1]),
  ],
  [
    'maxPoolWithIndices',
    image,
    (b, x) => ops.maxPoolWithIndices(b, x, { kernel: [2, 2] })[1],
    int64([1, 1, 1, 1], [3]),
  ],
  ['reduceSum of everything', grid, (b, x) => ops.reduceSum(b, x, undefined, false), float32([], [5])],
  ['reduceSum over no axes', grid, (b, x) => ops.reduceSum(b, x, []), grid],
  [
    'reduceSumSquare over no axes',
    line,
    (b, x) => ops.reduceSumSquare(b, x, []),
    float32([4], [1, 4, 9, 16]),
  ],
  ['reduceL2 over no axes', line, (b, x) => ops.reduceL2(b, x, []), float32([4], [1, 2, 3, 4])],
  ['reduceMin', grid, (b, x) => ops.reduceMin(b, x, [1]), float32([2, 1], [-2, -6])],
  ['argMax', grid, (b, x) => ops.argMax(b, x, 1, false), int64([2], [2, 1])],
  [
    'cumSum, exclusive and from behind',
    line,
    (b, x) => ops.cumSum(b, x, 0, { exclusive: true, reverse: true }),
    float32([4], [-3, -1, -4, 0]),
  ],
  ['topK', line, (b, x) => ops.topK(b, x, 2, { largest: false })[1], int64([2], [3, 1])],
  ['reshape to nothing', float32([0, 2], []), (b, x) => ops.reshape(b, x, [2, 0]), float32([2, 0], [])],
  ['flatten', image, (b, x) => ops.flatten(b, x, 3), float32([2, 2], [1, 2, 3, 4])],
  ['split', line, (b, x) => ops.split(b, x, [1, 3], 0)[1], float32([3], [-2, 3, -4])],
  [
    'slice backwards',
    line,
    (b, x) => ops.slice(b, x, { starts: [-1], ends: [-4], axes: [0], steps: [-2] }),
    float32([2], [-4, -2]),
  ],
  [
    'pad by reflection',
    line,
    (b, x) => ops.pad(b, x, { pads: [2, 0], mode: 'reflect' }),
    float32([6], [3, -2, 1, -2, 3, -4]),
  ],
  [
    'pad with a value',
    line,
    (b, x) => ops.pad(b, x, { pads: [0, 1], value: b.scalar(9) }),
    float32([5], [1, -2, 3, -4, 9]),
  ],
  [
    'tile',
    float32([1, 2], [1, 2]),
    (b, x) => ops.tile(b, x, [2, 2]),
    float32([2, 4], [1, 2, 1, 2, 1, 2, 1, 2]),
  ],
  ['trilu, upper', grid, (b, x) => ops.trilu(b, x, true, 1), float32([2, 3], [0, -2, 3, 0, 0, -6])],
  ['trilu, lower', grid, (b, x) => ops.trilu(b, x, false), float32([2, 3], [1, 0, 0, 4, 5, 0])],
  ['gather', grid, (b, x) => ops.gather(b, x, b.int64s([2, 0]), 1), float32([2, 2], [3, 1, -6, 4])],
  [
    'scatterElements that adds',
    line,
    (b, x) =>
      ops.scatterElements(b, {
        data: x,
        indices: b.int64s([1, 1]),
        updates: b.float32s([10, 5]),
        reduction: 'add',
      }),
    float32([4], [1, 13, 3, -4]),
  ],
  [
    'oneHot',
    int64([2], [2, 0]),
    (b, x) => ops.oneHot(b, x, 3, { values: b.float32s([0, 7]), axis: 0 }),
    float32([3, 2], [0, 7, 0, 0, 7, 0]),
  ],
  [
    'gridSample with aligned corners',
    image,
    (b, x) => ops.gridSample(b, x, b.constant(float32([1, 1, 2, 2], [-1, -1, 1, 0])), { alignCorners: true }),
    float32([1, 1, 1, 2], [1, 3]),
  ],
  ['depthToSpace', float32([1, 4, 1, 1], [1, 2, 3, 4]), (b, x) => ops.depthToSpace(b, x, 2), image],
  [
    'resize by scales',
    image,
    (b, x) => ops.resize(b, x, { scales: [1, 1, 1, 2], mode: 'nearest' }),
    float32([1, 1, 2, 4], [1, 1, 2, 2, 3, 3, 4, 4]),
  ],
  [
    'resize to sizes',
    image,
    (b, x) => ops.resize(b, x, { sizes: [1, 1, 1, 1], mode: 'linear' }),
    float32([1, 1, 1, 1], [2.5]),
  ],
];

describe('a line of ops.ts does what it is called', () => {
  for (const [title, x, build, expected] of ROWS) {
    test(title, async () => expectClose(await apply(x, build), expected, title));
  }

  test('cast to the type a value has is the value', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2] });
    expect(ops.cast(b, x, 'float32')).toBe(x);
    expect(ops.cast(b, x, 'int64').type.elementType).toBe('int64');
  });
});
