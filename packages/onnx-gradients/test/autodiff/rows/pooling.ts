import { int, ints, string } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import type { Shape } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { avoiding, normal } from '../support/random.js';

interface Case {
  readonly x: Shape;
  readonly attributes?: Attributes;
}

const linear = (opType: string, title: string, { x, attributes = {} }: Case): Row => ({
  title: `${opType} ${title}`,
  type: 'float32',
  step: 1,
  inputs: { x: normal(...x) },
  build: (b, inputs) => b.op(opType, [inputs['x']], attributes),
});

const average = (title: string, options: Case) => linear('AveragePool', title, options);

const max = (title: string, { x, attributes = {} }: Case): Row => ({
  ...linear('MaxPool', title, { x, attributes }),
  type: 'float64',
  step: 1e-5,
});

const power = (opType: string, title: string, { x, attributes = {} }: Case): Row => ({
  ...linear(opType, title, { x, attributes }),
  inputs: { x: avoiding([0], ...x) },
  step: 1e-2,
});

const kernel = ints([3, 2]);
const strides = ints([2, 2]);

export const POOLING_ROWS: readonly Row[] = [
  average('1-d', { x: [2, 3, 7], attributes: { kernel_shape: ints([3]) } }),
  average('in tiles', { x: [2, 3, 6, 4], attributes: { kernel_shape: kernel, strides: kernel } }),
  average('in tiles, 3-d', {
    x: [1, 2, 4, 6, 2],
    attributes: { kernel_shape: ints([2, 3, 1]), strides: ints([2, 3, 1]) },
  }),
  average('in tiles moved by a pad', {
    x: [1, 2, 4, 6],
    attributes: { kernel_shape: ints([2, 2]), strides, pads: ints([1, 0, 0, 0]) },
  }),
  average('overlapping', { x: [2, 3, 7, 5], attributes: { kernel_shape: kernel } }),
  average('with a rest', {
    x: [1, 2, 8, 7],
    attributes: { kernel_shape: ints([3, 3]), strides: ints([3, 3]) },
  }),
  average('with pads that do not count', {
    x: [2, 3, 7, 5],
    attributes: { kernel_shape: kernel, strides, pads: ints([1, 0, 1, 1]) },
  }),
  average('with pads that count', {
    x: [2, 3, 7, 5],
    attributes: { kernel_shape: kernel, strides, pads: ints([1, 1, 2, 0]), count_include_pad: int(1) },
  }),
  average('rounded up', {
    x: [1, 2, 8, 7],
    attributes: { kernel_shape: ints([3, 2]), strides: ints([3, 2]), ceil_mode: int(1) },
  }),
  average('rounded up, with pads that count', {
    x: [1, 2, 8, 7],
    attributes: {
      kernel_shape: ints([3, 3]),
      strides: ints([3, 2]),
      ceil_mode: int(1),
      pads: ints([1, 1, 1, 1]),
      count_include_pad: int(1),
    },
  }),
  average('rounded up beyond a pad on the other side that counts', {
    x: [1, 1, 6],
    attributes: {
      kernel_shape: ints([3]),
      strides: ints([3]),
      ceil_mode: int(1),
      pads: ints([1, 0]),
      count_include_pad: int(1),
    },
  }),
  average('SAME_UPPER', {
    x: [1, 2, 6, 7],
    attributes: { kernel_shape: ints([3, 2]), strides, auto_pad: string('SAME_UPPER') },
  }),
  average('SAME_LOWER', {
    x: [1, 2, 6, 7],
    attributes: { kernel_shape: ints([3, 2]), auto_pad: string('SAME_LOWER') },
  }),
  max('1-d', { x: [2, 3, 7], attributes: { kernel_shape: ints([3]), strides: ints([2]) } }),
  max('in tiles', { x: [2, 3, 6, 4], attributes: { kernel_shape: kernel, strides: kernel } }),
  max('overlapping, with pads', {
    x: [2, 3, 7, 5],
    attributes: { kernel_shape: ints([3, 3]), strides, pads: ints([1, 1, 1, 1]) },
  }),
  max('dilated', { x: [1, 2, 7, 8], attributes: { kernel_shape: kernel, dilations: ints([2, 3]) } }),
  max('rounded up', {
    x: [1, 2, 8, 7],
    attributes: { kernel_shape: ints([3, 2]), strides: ints([3, 2]), ceil_mode: int(1) },
  }),
  max('in column order, SAME_UPPER', {
    x: [2, 2, 6, 7],
    attributes: {
      kernel_shape: ints([3, 2]),
      strides,
      auto_pad: string('SAME_UPPER'),
      storage_order: int(1),
    },
  }),
  max('3-d', { x: [1, 2, 4, 5, 3], attributes: { kernel_shape: ints([2, 3, 2]) } }),
  power('LpPool', 'of p 2, dilated', {
    x: [1, 2, 6, 5],
    attributes: { kernel_shape: ints([2, 2]), strides, dilations: ints([2, 1]) },
  }),
  linear('GlobalAveragePool', 'over two axes', { x: [2, 3, 4, 5] }),
  { ...linear('GlobalMaxPool', 'over two axes', { x: [2, 3, 4, 5] }), step: 1e-3 },
  power('GlobalLpPool', 'of p 2', { x: [2, 3, 4, 5] }),
  power('GlobalLpPool', 'of p 3', { x: [2, 3, 4, 5], attributes: { p: int(3) } }),
  power('LpPool', 'of p 2', { x: [2, 3, 6, 4], attributes: { kernel_shape: kernel, strides: kernel } }),
  power('LpPool', 'of p 3, overlapping', {
    x: [1, 2, 7, 5],
    attributes: { p: int(3), kernel_shape: kernel, pads: ints([1, 0, 1, 1]) },
  }),
];
