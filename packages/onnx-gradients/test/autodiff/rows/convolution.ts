import { int, ints, string } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import type { Shape } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { normal, randomFrom, sample } from '../support/random.js';

interface Case {
  readonly x: Shape;
  readonly w: Shape;
  /** Length of the bias; none by default. */
  readonly bias?: number;
  readonly attributes?: Attributes;
}

/** Convolutions are linear in each input, so a large step costs no accuracy. */
const row = (opType: string, title: string, { x, w, bias, attributes = {} }: Case): Row => ({
  title: `${opType} ${title}`,
  type: 'float32',
  step: 1,
  inputs: { x: normal(...x), w: normal(...w), ...(bias === undefined ? {} : { bias: normal(bias) }) },
  build: (b, inputs) =>
    b.op(opType, [inputs['x'], inputs['w'], inputs['bias']].slice(0, bias === undefined ? 2 : 3), attributes),
});

const conv = (title: string, options: Case) => row('Conv', title, options);
const transposed = (title: string, options: Case) => row('ConvTranspose', title, options);

/** The kernel as a constant, whose flipped copy is made at once. */
const constantKernel = (title: string, { x, w, attributes = {} }: Case): Row => ({
  title: `Conv ${title}`,
  type: 'float32',
  step: 1,
  inputs: { x: normal(...x) },
  build: (b, inputs) => {
    const data = Float32Array.from(sample(normal(...w), randomFrom(title)));
    return b.op(
      'Conv',
      [inputs['x'], b.constant({ elementType: 'float32', shape: w, data }, 'kernel')],
      attributes,
    );
  },
});

export const CONVOLUTION_ROWS: readonly Row[] = [
  conv('1-d, with bias', { x: [2, 3, 7], w: [5, 3, 3], bias: 5, attributes: { pads: ints([1, 0]) } }),
  conv('2-d', { x: [2, 3, 5, 7], w: [4, 3, 3, 2], bias: 4, attributes: { pads: ints([1, 0, 2, 1]) } }),
  conv('3-d', { x: [1, 2, 4, 3, 5], w: [3, 2, 2, 1, 3], attributes: { pads: ints([1, 0, 1, 0, 0, 1]) } }),
  conv('1×1', { x: [2, 3, 3, 5], w: [5, 3, 1, 1] }),
  conv('from few channels to many', {
    x: [2, 1, 5, 6],
    w: [7, 1, 3, 2],
    attributes: { pads: ints([1, 0, 0, 2]), dilations: ints([2, 1]) },
  }),
  conv('from many channels to few', {
    x: [2, 7, 5, 6],
    w: [1, 7, 3, 2],
    attributes: { pads: ints([1, 0, 0, 2]), dilations: ints([2, 1]) },
  }),
  conv('from many channels to few, 3-d', { x: [2, 5, 3, 4, 3], w: [1, 5, 2, 3, 2] }),
  conv('at a stride that divides the kernel', {
    x: [2, 3, 9, 8],
    w: [4, 3, 4, 6],
    attributes: { strides: ints([2, 3]), pads: ints([1, 2, 1, 1]) },
  }),
  conv('with pads beyond the kernel', {
    x: [1, 2, 3, 4],
    w: [3, 2, 2, 2],
    attributes: { pads: ints([3, 1, 2, 4]) },
  }),
  conv('in groups', {
    x: [2, 6, 5, 4],
    w: [4, 3, 3, 3],
    attributes: { group: int(2), pads: ints([1, 1, 1, 1]) },
  }),
  conv('depthwise', { x: [2, 3, 5, 5], w: [6, 1, 3, 3], attributes: { group: int(3) } }),
  conv('dilated', {
    x: [1, 2, 9, 8],
    w: [3, 2, 3, 2],
    attributes: { dilations: ints([2, 3]), pads: ints([2, 0, 1, 3]) },
  }),
  conv('at stride 2', {
    x: [2, 3, 7, 8],
    w: [4, 3, 3, 3],
    bias: 4,
    attributes: { strides: ints([2, 2]), pads: ints([1, 1, 1, 1]) },
  }),
  conv('at stride 2 with pads at the end', {
    x: [1, 2, 6, 8],
    w: [3, 2, 3, 3],
    attributes: { strides: ints([2, 2]), pads: ints([0, 0, 1, 1]) },
  }),
  conv('at strides 3 and 1 with a rest', {
    x: [1, 2, 9, 5],
    w: [3, 2, 2, 3],
    attributes: { strides: ints([3, 1]) },
  }),
  conv('in patches', { x: [2, 3, 8, 12], w: [5, 3, 4, 4], attributes: { strides: ints([4, 4]) } }),
  conv('in patches with a rest', { x: [2, 3, 9, 8], w: [4, 3, 4, 3], attributes: { strides: ints([4, 3]) } }),
  conv('in patches, 1-d', { x: [2, 3, 6], w: [5, 3, 2], attributes: { strides: ints([2]) } }),
  conv('in patches, in groups', {
    x: [1, 4, 6, 4],
    w: [6, 2, 3, 2],
    attributes: { strides: ints([3, 2]), group: int(2) },
  }),
  conv('in dilated patches', {
    x: [1, 2, 7, 6],
    w: [3, 2, 2, 2],
    attributes: { strides: ints([2, 2]), dilations: ints([2, 1]) },
  }),
  conv('in padded patches', {
    x: [1, 2, 7, 6],
    w: [3, 2, 2, 2],
    attributes: { strides: ints([2, 2]), pads: ints([1, 0, 0, 0]) },
  }),
  conv('strided, dilated, in groups', {
    x: [2, 4, 11, 9],
    w: [6, 2, 3, 2],
    attributes: { strides: ints([3, 2]), dilations: ints([2, 2]), group: int(2), pads: ints([2, 1, 0, 1]) },
  }),
  conv('3-d at stride 2', {
    x: [1, 2, 5, 4, 5],
    w: [3, 2, 3, 2, 3],
    attributes: { strides: ints([2, 2, 2]), pads: ints([1, 0, 1, 1, 0, 1]) },
  }),
  conv('SAME_UPPER', {
    x: [1, 2, 6, 7],
    w: [3, 2, 3, 4],
    attributes: { strides: ints([2, 2]), auto_pad: string('SAME_UPPER') },
  }),
  conv('SAME_LOWER', { x: [1, 2, 6, 7], w: [3, 2, 2, 4], attributes: { auto_pad: string('SAME_LOWER') } }),
  conv('VALID', { x: [1, 2, 6, 7], w: [3, 2, 3, 4], attributes: { auto_pad: string('VALID') } }),
  constantKernel('with a constant kernel', {
    x: [2, 3, 5, 7],
    w: [4, 3, 3, 2],
    attributes: { pads: ints([1, 0, 2, 1]) },
  }),
  constantKernel('with a constant kernel, in groups', {
    x: [1, 6, 5, 4],
    w: [4, 3, 2, 3],
    attributes: { group: int(2) },
  }),
  transposed('1-d', {
    x: [2, 3, 5],
    w: [3, 4, 3],
    bias: 4,
    attributes: { strides: ints([2]), pads: ints([1, 0]) },
  }),
  transposed('at stride 2', {
    x: [2, 3, 4, 5],
    w: [3, 2, 4, 4],
    bias: 2,
    attributes: { strides: ints([2, 2]), pads: ints([1, 1, 1, 1]) },
  }),
  transposed('in groups with output padding', {
    x: [1, 4, 3, 4],
    w: [4, 3, 3, 3],
    attributes: { group: int(2), strides: ints([2, 3]), output_padding: ints([1, 2]) },
  }),
  conv('whose kernel gets rows by copies of g and columns by copies of x, dilated and padded apart', {
    x: [2, 4, 9, 11],
    w: [4, 4, 3, 3],
    attributes: { dilations: ints([2, 3]), pads: ints([1, 0, 2, 3]) },
  }),
  conv('with strides and dilations that differ by axis', {
    x: [2, 2, 8, 12],
    w: [3, 2, 3, 2],
    attributes: { strides: ints([2, 3]), dilations: ints([1, 2]), pads: ints([2, 0, 1, 1]) },
  }),
  conv('with strides that divide its kernel, padded apart', {
    x: [2, 2, 7, 9],
    w: [3, 2, 4, 3],
    attributes: { strides: ints([2, 3]), pads: ints([1, 0, 2, 1]) },
  }),
  conv('in groups, with strides, dilations and pads apart', {
    x: [2, 4, 8, 9],
    w: [4, 2, 2, 3],
    attributes: {
      group: int(2),
      strides: ints([2, 1]),
      dilations: ints([3, 2]),
      pads: ints([0, 1, 2, 0]),
    },
  }),
  conv('with a kernel longer than sixty-four', { x: [1, 1, 70], w: [1, 1, 66] }),
  transposed('dilated', {
    x: [1, 2, 4, 3],
    w: [2, 3, 3, 2],
    attributes: { dilations: ints([2, 3]), pads: ints([1, 0, 0, 2]) },
  }),
  transposed('3-d', { x: [1, 2, 3, 2, 4], w: [2, 3, 2, 3, 1], attributes: { strides: ints([2, 1, 2]) } }),
  transposed('SAME_UPPER', {
    x: [1, 2, 4, 5],
    w: [2, 3, 3, 4],
    attributes: { strides: ints([2, 2]), auto_pad: string('SAME_UPPER') },
  }),
  transposed('SAME_LOWER', {
    x: [1, 2, 4, 5],
    w: [2, 3, 3, 4],
    attributes: { strides: ints([2, 2]), auto_pad: string('SAME_LOWER') },
  }),
  transposed('to a stated shape', {
    x: [1, 2, 4, 5],
    w: [2, 3, 3, 3],
    attributes: { strides: ints([2, 2]), output_shape: ints([8, 10]) },
  }),
];
