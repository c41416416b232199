import { type GraphBuilder, int, type Value } from '../../../src/onnx/builder.js';
import type { Row } from '../support/check-gradient.js';
import { float64 } from '../support/constants.js';
import { avoiding, normal, positive, type Sampling } from '../support/random.js';

interface Options {
  readonly x?: Sampling;
  readonly axes?: readonly number[];
  readonly keep?: number;
  readonly type?: 'float32' | 'float64';
  readonly title?: string;
}

const reduce = (
  opType: string,
  { x = normal(3, 5, 2), axes = [-2, 0], keep = 0, title = opType, ...rest }: Options = {},
): Row => ({
  title,
  inputs: { x },
  build: (b, { x: value }) => b.op(opType, [value, b.int64s(axes)], { keepdims: int(keep) }),
  ...rest,
});

const cumSum = (exclusive: number, reverse: number, axis: number): Row => ({
  title: `CumSum, exclusive ${exclusive}, reverse ${reverse}`,
  inputs: { x: normal(3, 5, 2) },
  build: (b, { x }) =>
    b.op('CumSum', [x, b.int64s([axis])], { exclusive: int(exclusive), reverse: int(reverse) }),
});

const topK = (title: string, axis: number, largest: number): Row => ({
  title,
  inputs: { x: normal(4, 5) },
  build: (b, { x }) => only(b, 'TopK', [x, b.int64s([3])], { axis: int(axis), largest: int(largest) }),
});

function only(
  b: GraphBuilder,
  opType: string,
  inputs: readonly (Value | undefined)[],
  attributes = {},
): Value {
  const [first] = b.emit({ opType, inputs, attributes, outputs: 2 });
  if (!first) throw new Error(`${opType} has no output.`);
  return first;
}

export const REDUCTION_ROWS: readonly Row[] = [
  reduce('ReduceSum'),
  reduce('ReduceSum', { title: 'ReduceSum, axes kept', keep: 1, axes: [1] }),
  {
    title: 'ReduceSum over everything',
    inputs: { x: normal(2, 3) },
    build: (b, { x }) => b.op('ReduceSum', [x], { keepdims: int(0) }),
  },
  {
    title: 'ReduceSum over nothing',
    inputs: { x: normal(2, 3) },
    build: (b, { x }) => b.op('ReduceSum', [x], { noop_with_empty_axes: int(1) }),
  },
  reduce('ReduceMean'),
  reduce('ReduceMean', { title: 'ReduceMean, axes kept', keep: 1, axes: [-1] }),
  reduce('ReduceMax'),
  reduce('ReduceMax', { title: 'ReduceMax, axes kept', keep: 1, axes: [1] }),
  reduce('ReduceMin'),
  reduce('ReduceL1', { x: avoiding([0], 3, 5, 2), type: 'float32' }),
  reduce('ReduceL2', { type: 'float32' }),
  reduce('ReduceL2', { title: 'ReduceL2, axes kept', keep: 1, axes: [0], type: 'float32' }),
  reduce('ReduceSumSquare'),
  reduce('ReduceLogSum', { x: positive(3, 5, 2), type: 'float32' }),
  reduce('ReduceLogSumExp'),
  reduce('ReduceProd', { type: 'float32', axes: [1] }),
  {
    title: 'ReduceProd of rows with one zero and with two',
    type: 'float32',
    inputs: { x: normal(3) },
    build: (b, { x }) => {
      const zeros = b.constant({
        elementType: 'float32',
        shape: [3, 3],
        data: Float32Array.from([1, 0, 1, 0, 0, 1, 1, 1, 1]),
      });
      const shifted = b.op('Mul', [b.op('Expand', [x, b.int64s([3, 3])]), zeros]);
      return b.op('ReduceProd', [b.op('Add', [shifted, b.op('Mul', [shifted, x])]), b.int64s([1])]);
    },
  },
  {
    title: 'ReduceL2 of a row of zeros',
    type: 'float32',
    wrt: ['x'],
    inputs: { x: normal(3) },
    build: (b, { x }) => {
      const rows = b.op('Mul', [
        x,
        b.constant({ elementType: 'float32', shape: [2, 1], data: Float32Array.from([0, 1]) }),
      ]);
      return b.op('ReduceL2', [rows, b.int64s([1])]);
    },
  },
  {
    title: 'CumSum by default',
    inputs: { x: normal(3, 5) },
    build: (b, { x }) => b.op('CumSum', [x, b.int64s([1])]),
  },
  cumSum(0, 0, 1),
  cumSum(1, 0, -2),
  cumSum(0, 1, 0),
  cumSum(1, 1, 1),
  topK('TopK, largest of the last axis', -1, 1),
  topK('TopK, smallest of the first axis', 0, 0),
  {
    title: 'a mean whose gradient stays unexpanded through arithmetic',
    inputs: { x: normal(3, 5) },
    build: (b, { x }) => {
      const mean = b.op('ReduceMean', [b.op('Neg', [x]), b.int64s([1])]);
      return b.op('ReduceSum', [b.op('Mul', [mean, float64(b, [3, 1], [1, 2, 3])])], { keepdims: int(0) });
    },
  },
];
