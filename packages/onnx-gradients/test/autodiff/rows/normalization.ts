import { float, int, ints } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { float32 } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { avoiding, between, normal, positive, type Sampling } from '../support/random.js';

interface Case {
  readonly inputs: Readonly<Record<string, Sampling>>;
  readonly attributes?: Attributes;
  readonly type?: 'float32' | 'float64';
  readonly outputs?: number;
}

const row = (
  opType: string,
  title: string,
  { inputs, attributes = {}, outputs = 1, type = 'float32' }: Case,
): Row => ({
  title: `${opType} ${title}`,
  type,
  inputs,
  build: (b, values) => b.emit({ opType, inputs: Object.values(values), attributes, outputs }).slice(0, 1),
});

const one = (opType: string, title: string, x: Sampling, attributes: Attributes = {}) =>
  row(opType, title, { inputs: { x }, attributes });

const parameters = { scale: normal(3), bias: normal(3) };

export const NORMALIZATION_ROWS: readonly Row[] = [
  row('Softmax', 'over the last axis', { inputs: { x: normal(2, 3, 5) }, type: 'float64' }),
  row('Softmax', 'over a middle axis', {
    inputs: { x: normal(2, 3, 5) },
    attributes: { axis: int(1) },
    type: 'float64',
  }),
  row('LogSoftmax', 'over the last axis', { inputs: { x: normal(2, 3, 5) }, type: 'float64' }),
  row('LogSoftmax', 'over the first axis', {
    inputs: { x: normal(4, 3) },
    attributes: { axis: int(-2) },
    type: 'float64',
  }),
  row('BatchNormalization', 'by all five inputs', {
    inputs: { x: normal(2, 3, 4, 5), ...parameters, mean: normal(3), variance: positive(3) },
    attributes: { epsilon: float(0.1) },
    type: 'float64',
  }),
  row('BatchNormalization', 'of vectors', {
    inputs: { x: normal(5, 3), ...parameters, mean: normal(3), variance: positive(3) },
    type: 'float64',
  }),
  row('InstanceNormalization', 'of pictures', { inputs: { x: normal(2, 3, 4, 5), ...parameters } }),
  row('InstanceNormalization', 'with a large epsilon', {
    inputs: { x: normal(2, 3, 7), ...parameters },
    attributes: { epsilon: float(0.5) },
  }),
  {
    title: 'InstanceNormalization with a constant scale of one',
    type: 'float32',
    inputs: { x: normal(2, 3, 7) },
    build: (b, { x }) =>
      b.op('InstanceNormalization', [
        x,
        b.constant(float32([3], [1, 1, 1])),
        b.constant(float32([3], [0, 0, 0])),
      ]),
  },
  {
    title: 'InstanceNormalization with a constant scale that is not all one',
    type: 'float32',
    inputs: { x: normal(2, 3, 7) },
    build: (b, { x }) =>
      b.op('InstanceNormalization', [
        x,
        b.constant(float32([3], [1, 2, 1])),
        b.constant(float32([3], [0, 0, 0])),
      ]),
  },
  row('LayerNormalization', 'over the last axis', {
    inputs: { x: normal(2, 3, 5), scale: normal(5), bias: normal(5) },
    type: 'float64',
  }),
  row('LayerNormalization', 'over two axes, without bias', {
    inputs: { x: normal(2, 3, 5), scale: normal(3, 5) },
    attributes: { axis: int(1), epsilon: float(0.3) },
    type: 'float64',
  }),
  row('LayerNormalization', 'with saved statistics', {
    inputs: { x: normal(2, 3, 5), scale: normal(5), bias: normal(5) },
    attributes: { epsilon: float(0.1) },
    outputs: 3,
  }),
  one('MeanVarianceNormalization', 'over the default axes', normal(2, 3, 4, 5)),
  one('MeanVarianceNormalization', 'over the last axes', normal(2, 3, 4, 5), { axes: ints([-1, 2]) }),
  one('LpNormalization', 'of p 2', normal(2, 5, 3), { axis: int(1) }),
  one('LpNormalization', 'of p 1', avoiding([0], 2, 5, 3), { p: int(1) }),
  one('LRN', 'over three channels', normal(2, 5, 3, 2), {
    size: int(3),
    alpha: float(0.9),
    beta: float(0.6),
    bias: float(1.5),
  }),
  one('LRN', 'of large values with default attributes', between(20, 60, [1, 4, 3, 1]), { size: int(3) }),
  one('LRN', 'over five channels', normal(1, 7, 2, 3), { size: int(5), alpha: float(0.9) }),
  one('Dropout', 'at inference', normal(3, 5)),
];
