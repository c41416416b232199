import { int, ints, string } from '../../../src/onnx/builder.js';
import { castTensor } from '../../../src/onnx/fold/cast.js';
import { bool, float32, int64, type Tensor, toNumbers } from '../../../src/onnx/tensor.js';
import { floats, integers, positives, vector } from '../support/node-sample.js';
import { seeded } from '../support/random.js';
import type { OpsetRow } from './rows.js';

const r = seeded(24);

const rotary: readonly OpsetRow[] = [
  {
    title: 'RotaryEmbedding of heads, halves beside halves',
    opType: 'RotaryEmbedding',
    opset: 23,
    inputs: [floats(r, [2, 3, 4, 8]), floats(r, [2, 4, 4]), floats(r, [2, 4, 4])],
  },
  {
    title: 'RotaryEmbedding of flat heads by positions, in part',
    opType: 'RotaryEmbedding',
    opset: 23,
    inputs: [
      floats(r, [2, 4, 24]),
      floats(r, [9, 2]),
      floats(r, [9, 2]),
      int64([2, 4], [0, 1, 2, 3, 5, 6, 7, 8]),
    ],
    attributes: { num_heads: int(3), rotary_embedding_dim: int(4) },
  },
  {
    title: 'RotaryEmbedding of neighbours',
    opType: 'RotaryEmbedding',
    opset: 23,
    inputs: [floats(r, [1, 3, 5, 6]), floats(r, [1, 5, 2]), floats(r, [1, 5, 2])],
    attributes: { interleaved: int(1), rotary_embedding_dim: int(4) },
  },
];

const places: readonly OpsetRow[] = [
  {
    title: 'Compress of rows',
    opType: 'Compress',
    opset: 11,
    inputs: [floats(r, [3, 4]), bool([3], [true, false, true])],
    attributes: { axis: int(0) },
  },
  {
    title: 'Compress of everything',
    opType: 'Compress',
    opset: 11,
    inputs: [floats(r, [2, 2]), bool([3], [false, true, true])],
  },
  {
    title: 'ReverseSequence',
    opType: 'ReverseSequence',
    opset: 10,
    inputs: [floats(r, [4, 3, 2]), vector([4, 1, 3])],
    fed: [0, 1],
  },
  {
    title: 'ReverseSequence, batch first',
    opType: 'ReverseSequence',
    opset: 10,
    inputs: [floats(r, [2, 5]), vector([3, 5])],
    attributes: { time_axis: int(1), batch_axis: int(0) },
  },
  {
    title: 'TensorScatter',
    opType: 'TensorScatter',
    opset: 24,
    inputs: [floats(r, [2, 3, 8, 4]), floats(r, [2, 3, 2, 4]), vector([1, 6])],
    fed: [0, 1, 2],
  },
  {
    title: 'TensorScatter round the end',
    opType: 'TensorScatter',
    opset: 24,
    inputs: [floats(r, [2, 5, 4]), floats(r, [2, 3, 4]), vector([4, 1])],
    attributes: { mode: string('circular') },
    fed: [0, 1],
  },
  {
    title: 'CenterCropPad of odd excess',
    opType: 'CenterCropPad',
    opset: 18,
    inputs: [floats(r, [5, 4, 3]), vector([2, 7])],
    attributes: { axes: ints([-3, 1]) },
  },
  {
    title: 'CenterCropPad of all axes',
    opType: 'CenterCropPad',
    opset: 18,
    inputs: [floats(r, [5, 4]), vector([2, 4])],
  },
  {
    title: 'MaxUnpool',
    opType: 'MaxUnpool',
    opset: 11,
    inputs: [floats(r, [1, 2, 2, 2]), int64([1, 2, 2, 2], [0, 3, 9, 15, 16, 22, 24, 30])],
    attributes: { kernel_shape: ints([2, 2]), strides: ints([2, 2]) },
  },
  {
    title: 'MaxUnpool to a stated shape',
    opType: 'MaxUnpool',
    opset: 11,
    inputs: [floats(r, [1, 1, 2, 2]), int64([1, 1, 2, 2], [0, 3, 12, 18]), vector([1, 1, 5, 5])],
    attributes: { kernel_shape: ints([2, 2]), strides: ints([2, 2]) },
  },
];

const products: readonly OpsetRow[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
].map(([exclusive = 0, reverse = 0]) => ({
  title: `CumProd, exclusive ${exclusive}, reverse ${reverse}`,
  opType: 'CumProd',
  opset: 26,
  inputs: [floats(r, [2, 5, 3]), int64([], [1])],
  attributes: { exclusive: int(exclusive), reverse: int(reverse) },
}));

const bytes = (shape: readonly number[], type: 'int8' | 'uint8' = 'int8'): Tensor =>
  castTensor(integers(r, shape, 0, 100), type);

const quantized: readonly OpsetRow[] = [
  {
    title: 'DequantizeLinear of weights by channel',
    opType: 'DequantizeLinear',
    opset: 13,
    inputs: [bytes([3, 4]), positives(r, [3]), bytes([3])],
    attributes: { axis: int(0) },
    fed: [1],
  },
  {
    title: 'DequantizeLinear by one scale',
    opType: 'DequantizeLinear',
    opset: 10,
    inputs: [bytes([5], 'uint8'), float32([], [0.3]), castTensor(int64([], [9]), 'uint8')],
    fed: [0, 1],
  },
  {
    title: 'DequantizeLinear by blocks',
    opType: 'DequantizeLinear',
    opset: 21,
    inputs: [bytes([2, 6]), positives(r, [2, 3]), bytes([2, 3])],
    attributes: { axis: int(1), block_size: int(2) },
    fed: [1],
  },
];

/** Between pixels: at one, a slope has a kink. */
const offsets = (shape: readonly number[]): Tensor => {
  const whole = integers(r, shape, -2, 2);
  return float32(
    shape,
    toNumbers(whole).map((value) => value + 0.3 + 0.4 * r.next()),
  );
};

const deformable: readonly OpsetRow[] = [
  {
    title: 'DeformConv with a mask and a bias',
    opType: 'DeformConv',
    opset: 19,
    inputs: [
      floats(r, [2, 2, 6, 5]),
      floats(r, [3, 2, 3, 2]),
      offsets([2, 12, 4, 4]),
      floats(r, [3]),
      positives(r, [2, 6, 4, 4]),
    ],
    fed: [0, 1, 2, 3, 4],
  },
  {
    title: 'DeformConv in groups, with strides, pads and dilations',
    opType: 'DeformConv',
    opset: 19,
    inputs: [floats(r, [1, 4, 7, 6]), floats(r, [4, 2, 2, 3]), offsets([1, 24, 4, 4])],
    attributes: {
      group: int(2),
      offset_group: int(2),
      strides: ints([2, 1]),
      pads: ints([1, 1, 1, 1]),
      dilations: ints([2, 2]),
    },
    fed: [0, 1, 2],
  },
];

const signals: readonly OpsetRow[] = [
  ...['HannWindow', 'HammingWindow', 'BlackmanWindow'].flatMap((opType) =>
    [0, 1].map((periodic) => ({
      title: `${opType}, periodic ${periodic}`,
      opType,
      opset: 17,
      inputs: [int64([], [9])],
      attributes: { periodic: int(periodic) },
      fed: [],
    })),
  ),
  {
    title: 'STFT through a window',
    opType: 'STFT',
    opset: 17,
    inputs: [floats(r, [2, 30, 1]), int64([], [4]), floats(r, [8])],
    fed: [0, 2],
  },
  {
    title: 'STFT of all frequencies',
    opType: 'STFT',
    opset: 17,
    inputs: [floats(r, [1, 20, 1]), int64([], [3]), undefined, int64([], [7])],
    attributes: { onesided: int(0) },
  },
];

export const PLACING_ROWS: readonly OpsetRow[] = [
  ...rotary,
  ...places,
  ...products,
  ...quantized,
  ...deformable,
  ...signals,
];
