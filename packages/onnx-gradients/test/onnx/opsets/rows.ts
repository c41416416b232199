import { float, int, ints, string } from '../../../src/onnx/builder.js';
import type { Attribute } from '../../../src/onnx/graph.js';
import { bool, float32, int64, type Tensor } from '../../../src/onnx/tensor.js';
import { bools, floats, type NodeSample, positives, vector } from '../support/node-sample.js';
import { seeded } from '../support/random.js';

/** A node as an opset writes it, to be run as it stands and as Easel rewrites it. */
export interface OpsetRow extends NodeSample {
  readonly title: string;
  readonly opType: string;
  readonly opset: number;
  /** Operands fed at run time; the others are constants. By default only the first. */
  readonly fed?: readonly number[];
}

const r = seeded(18);
const x = floats(r, [2, 4, 3, 5]);
const tokens = (length: number) => floats(r, [2, 3, length, 4]);
const constant = (title: string, name: string, value: Attribute): OpsetRow => ({
  title,
  opType: 'Constant',
  opset: 13,
  inputs: [],
  attributes: { [name]: value },
});

/** The inputs of a Resize: input, region, scales, sizes. */
const resized = (scales: readonly number[] | undefined, sizes?: readonly number[]): NodeSample['inputs'] => [
  x,
  float32([0], []),
  float32([scales?.length ?? 0], scales ?? []),
  ...(sizes ? [vector(sizes)] : []),
];

const softmaxRows: readonly OpsetRow[] = ['Softmax', 'LogSoftmax'].flatMap((opType) =>
  [0, 1, 2, -1].flatMap((axis) =>
    [11, 13].map((opset) => ({
      title: `${opType} over axis ${axis}`,
      opType,
      opset,
      inputs: [x],
      attributes: { axis: int(axis) },
    })),
  ),
);

const axesRows: readonly OpsetRow[] = [
  ...['ReduceL1', 'ReduceL2', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd', 'ReduceSum'].flatMap(
    (opType) => [
      {
        title: `${opType} with axes as an attribute`,
        opType,
        opset: 11,
        inputs: [x],
        attributes: { axes: ints([1, -1]), keepdims: int(0) },
      },
      { title: `${opType} over everything`, opType, opset: 12, inputs: [x] },
    ],
  ),
  {
    title: 'ReduceSum with axes as an input',
    opType: 'ReduceSum',
    opset: 13,
    inputs: [x, vector([1])],
  },
  {
    title: 'Squeeze with axes as an attribute',
    opType: 'Squeeze',
    opset: 11,
    inputs: [floats(r, [1, 3, 1])],
    attributes: { axes: ints([-1]) },
  },
  {
    title: 'Unsqueeze with axes as an attribute',
    opType: 'Unsqueeze',
    opset: 12,
    inputs: [x],
    attributes: { axes: ints([0, -1]) },
  },
];

const splitRows: readonly OpsetRow[] = [
  {
    title: 'Split into stated parts by an attribute',
    opType: 'Split',
    opset: 11,
    inputs: [x],
    attributes: { axis: int(3), split: ints([2, 3]) },
    outputs: 2,
  },
  {
    title: 'Split into equal parts',
    opType: 'Split',
    opset: 13,
    inputs: [x],
    attributes: { axis: int(1) },
    outputs: 2,
  },
  {
    title: 'Split into nearly equal parts',
    opType: 'Split',
    opset: 18,
    inputs: [x],
    attributes: { axis: int(-1), num_outputs: int(2) },
    outputs: 2,
  },
];

const resizeRows: readonly OpsetRow[] = [
  {
    title: 'Resize by scales with an empty region',
    opType: 'Resize',
    opset: 11,
    inputs: resized([1, 1, 2, 1.5]),
  },
  {
    title: 'Resize to sizes with empty scales',
    opType: 'Resize',
    opset: 11,
    inputs: resized(undefined, [2, 4, 7, 3]),
    attributes: { mode: string('linear'), coordinate_transformation_mode: string('align_corners') },
  },
  {
    title: 'Resize in the cubic mode of PyTorch',
    opType: 'Resize',
    opset: 13,
    inputs: resized([1, 1, 2, 2]),
    attributes: {
      mode: string('cubic'),
      coordinate_transformation_mode: string('pytorch_half_pixel'),
      cubic_coeff_a: float(-0.75),
    },
  },
  ...['floor', 'round_prefer_floor'].flatMap((rounding) =>
    [
      [1, 1, 2, 3],
      [1, 1, 0.6, 1.7],
    ].map((scales) => ({
      title: `Resize with half pixels for neighbours by ${scales}, ${rounding}`,
      opType: 'Resize',
      opset: 11,
      inputs: resized(scales),
      attributes: {
        coordinate_transformation_mode: string('tf_half_pixel_for_nn'),
        nearest_mode: string(rounding),
      },
    })),
  ),
  {
    title: 'Resize with symmetric half pixels',
    opType: 'Resize',
    opset: 19,
    inputs: [x, undefined, undefined, vector([2, 4, 6, 10])],
    attributes: { mode: string('linear'), coordinate_transformation_mode: string('half_pixel_symmetric') },
  },
];

const padRows: readonly OpsetRow[] = [
  {
    title: 'Pad with a constant',
    opType: 'Pad',
    opset: 11,
    inputs: [x, vector([0, 0, 1, 2, 0, 0, 1, -1]), float32([], [0.5])],
  },
  {
    title: 'Pad that wraps around',
    opType: 'Pad',
    opset: 19,
    inputs: [x, vector([0, 0, 1, 2, 0, 0, 2, 0])],
    attributes: { mode: string('wrap') },
  },
  {
    title: 'Pad that wraps around some axes',
    opType: 'Pad',
    opset: 19,
    inputs: [x, vector([1, 2]), undefined, vector([-1])],
    attributes: { mode: string('wrap') },
  },
  {
    title: 'Pad that cuts and wraps around',
    opType: 'Pad',
    opset: 19,
    inputs: [x, vector([0, 0, -1, 2, 0, 0, 2, -1])],
    attributes: { mode: string('wrap') },
  },
];

const normalizationRows: readonly OpsetRow[] = [
  ...[11, 14, 15].map((opset) => ({
    title: 'BatchNormalization',
    opType: 'BatchNormalization',
    opset,
    inputs: [x, floats(r, [4]), floats(r, [4]), floats(r, [4]), positives(r, [4])],
    attributes: { momentum: float(0.9), epsilon: float(0.1) },
  })),
  {
    title: 'GroupNormalization with a scale per channel',
    opType: 'GroupNormalization',
    opset: 21,
    inputs: [x, floats(r, [4]), floats(r, [4])],
    attributes: { num_groups: int(2), epsilon: float(0.01) },
  },
  {
    title: 'GroupNormalization with a scale per group',
    opType: 'GroupNormalization',
    opset: 18,
    inputs: [x, floats(r, [2]), floats(r, [2])],
    attributes: { num_groups: int(2) },
  },
  {
    title: 'RMSNormalization over two axes',
    opType: 'RMSNormalization',
    opset: 23,
    inputs: [x, floats(r, [3, 5])],
    attributes: { axis: int(2), epsilon: float(0.1) },
  },
];

const LOW = Number.NEGATIVE_INFINITY;
const attentionRows: readonly OpsetRow[] = [
  { title: 'Attention of heads', opset: 23, inputs: [tokens(5), tokens(6), tokens(6)] },
  {
    title: 'Attention of flat heads',
    opset: 23,
    inputs: [floats(r, [2, 5, 12]), floats(r, [2, 6, 12]), floats(r, [2, 6, 12])],
    attributes: { q_num_heads: int(3), kv_num_heads: int(3) },
  },
  {
    title: 'causal Attention with a scale',
    opset: 23,
    inputs: [tokens(5), tokens(5), tokens(5)],
    attributes: { is_causal: int(1), scale: float(0.3) },
  },
  {
    title: 'Attention with a float mask',
    opset: 23,
    inputs: [tokens(5), tokens(6), tokens(6), floats(r, [5, 6])],
  },
  {
    title: 'Attention with a bool mask',
    opset: 23,
    inputs: [tokens(2), tokens(3), tokens(3), bool([2, 3], [true, false, true, false, true, true])],
  },
  {
    title: 'Attention with grouped queries',
    opset: 23,
    inputs: [floats(r, [2, 4, 5, 4]), floats(r, [2, 2, 5, 4]), floats(r, [2, 2, 5, 4])],
  },
  {
    title: 'Attention with capped scores',
    opset: 23,
    inputs: [tokens(5), tokens(5), tokens(5)],
    attributes: { softcap: float(0.7) },
  },
  {
    title: 'causal Attention with cached keys and values',
    opset: 23,
    inputs: [tokens(2), tokens(2), tokens(2), undefined, tokens(3), tokens(3)],
    attributes: { is_causal: int(1) },
    outputs: 3,
  },
  {
    title: 'Attention with cached keys and values',
    opset: 23,
    inputs: [tokens(2), tokens(2), tokens(2), undefined, tokens(3), tokens(3)],
    outputs: 3,
  },
  ...[23, 24].flatMap((opset) => [
    {
      title: 'Attention with a query that a bool mask hides everything from',
      opset,
      inputs: [
        tokens(3),
        tokens(3),
        tokens(3),
        bool([3, 3], [true, false, false, false, false, false, true, true, true]),
      ],
    },
    {
      title: 'Attention with a query that a float mask hides everything from',
      opset,
      inputs: [tokens(2), tokens(2), tokens(2), float32([2, 2], [0, LOW, LOW, LOW])],
    },
    {
      title: 'causal Attention with a mask that leaves a query nothing',
      opset,
      inputs: [tokens(2), tokens(2), tokens(2), bool([2, 2], [false, true, true, true])],
      attributes: { is_causal: int(1) },
    },
  ]),
  {
    title: 'causal Attention of more queries than keys',
    opset: 24,
    inputs: [tokens(5), tokens(3), tokens(3)],
    attributes: { is_causal: int(1) },
  },
  {
    title: 'Attention with its scores',
    opset: 23,
    inputs: [tokens(3), tokens(4), tokens(4), undefined, tokens(2), tokens(2)],
    attributes: { qk_matmul_output_mode: int(0) },
    outputs: 4,
  },
].map((row) => ({ ...row, opType: 'Attention', fed: [0, 1, 2] }));

const activationRows: readonly OpsetRow[] = [
  { title: 'Gelu', opType: 'Gelu', opset: 20, inputs: [x] },
  {
    title: 'Gelu by tanh',
    opType: 'Gelu',
    opset: 20,
    inputs: [x],
    attributes: { approximate: string('tanh') },
  },
  { title: 'Swish', opType: 'Swish', opset: 24, inputs: [x] },
  {
    title: 'Swish with a slope',
    opType: 'Swish',
    opset: 24,
    inputs: [x],
    attributes: { alpha: float(1.702) },
  },
];

const grid: Tensor = floats(r, [2, 3, 2, 2]);
const otherRows: readonly OpsetRow[] = [
  { title: 'Dropout with its mask', opType: 'Dropout', opset: 12, inputs: [x], outputs: 2 },
  {
    title: 'Dropout with a ratio',
    opType: 'Dropout',
    opset: 13,
    inputs: [x, float32([], [0.5]), bool([], [false])],
  },
  ...['linear', 'nearest', 'cubic'].map((mode) => ({
    title: `GridSample, ${mode}`,
    opType: 'GridSample',
    opset: 20,
    inputs: [x, grid],
    attributes: { mode: string(mode), padding_mode: string('border') },
  })),
  ...['linear', 'nearest'].map((mode) => ({
    title: `GridSample of a volume, ${mode}`,
    opType: 'GridSample',
    opset: 20,
    inputs: [floats(r, [2, 3, 4, 3, 2]), floats(r, [2, 3, 1, 2, 3])],
    attributes: { mode: string(mode), padding_mode: string('reflection') },
  })),
  {
    title: 'AveragePool that states no dilation',
    opType: 'AveragePool',
    opset: 19,
    inputs: [x],
    attributes: { kernel_shape: ints([2, 2]), dilations: ints([1, 1]) },
  },
  ...[0, 1].flatMap((counts) =>
    [0, 1].map((rounds) => ({
      title: `AveragePool with dilations, count_include_pad ${counts}, ceil_mode ${rounds}`,
      opType: 'AveragePool',
      opset: 19,
      inputs: [floats(r, [2, 2, 7, 8])],
      attributes: {
        kernel_shape: ints([3, 2]),
        dilations: ints([2, 3]),
        strides: ints([2, 3]),
        pads: ints([1, 1, 2, 1]),
        count_include_pad: int(counts),
        ceil_mode: int(rounds),
      },
    })),
  ),
  ...[
    [2, 3, 4, 5],
    [1, 2, 3, 4, 5],
  ].map((shape) => ({
    title: `MaxPool with positions in columns of [${shape}]`,
    opType: 'MaxPool',
    opset: 12,
    // A fifth apart, so that no difference moves one past another.
    inputs: [
      float32(
        shape,
        Float32Array.from({ length: 120 }, (_, i) => ((i * 37) % 120) / 5),
      ),
    ],
    attributes: { kernel_shape: ints(shape.slice(2).map(() => 2)), storage_order: int(1) },
    outputs: 2,
  })),
  {
    title: 'Cast that saturates',
    opType: 'Cast',
    opset: 19,
    inputs: [x],
    attributes: { to: int(7), saturate: int(1) },
  },
  { title: 'NonZero of a constant', opType: 'NonZero', opset: 13, inputs: [bools(r, [3, 4])], fed: [] },
  constant('Constant of a float', 'value_float', float(1.5)),
  constant('Constant of floats', 'value_floats', { kind: 'floats', value: [1, 2.5] }),
  constant('Constant of an integer', 'value_int', int(7)),
  constant('Constant of integers', 'value_ints', ints([3, 4, 5])),
];

const labels = int64([4], [0, 3, 2, 4]);
const scores = floats(r, [4, 5]);
const lossRows: readonly OpsetRow[] = [12, 13].flatMap((opset) =>
  ['SoftmaxCrossEntropyLoss', 'NegativeLogLikelihoodLoss'].flatMap((opType) => [
    ...['none', 'mean', 'sum'].map((reduction) => ({
      title: `${opType}, ${reduction}`,
      opType,
      opset,
      inputs: [scores, labels],
      attributes: { reduction: string(reduction) },
    })),
    {
      title: `${opType} with weights and a label that is ignored`,
      opType,
      opset,
      inputs: [scores, labels, positives(r, [5])],
      attributes: { ignore_index: int(3) },
    },
    {
      title: `${opType} of pictures with a label that is ignored`,
      opType,
      opset,
      inputs: [floats(r, [2, 3, 2, 2]), int64([2, 2, 2], [0, 1, 2, 0, 1, -1, 2, 2])],
      attributes: { ignore_index: int(-1) },
    },
  ]),
);

const statistics = [positives(r, [4]), floats(r, [4]), floats(r, [4]), positives(r, [4])];
const trainingRows: readonly OpsetRow[] = [
  {
    title: 'BatchNormalization that trains',
    opType: 'BatchNormalization',
    opset: 15,
    inputs: [x, ...statistics],
    attributes: { training_mode: int(1), momentum: float(0.7), epsilon: float(1e-3) },
    outputs: 3,
  },
  {
    title: 'Dropout that trains and drops nothing',
    opType: 'Dropout',
    opset: 13,
    inputs: [x, float32([], [0]), bool([], [true])],
    outputs: 2,
  },
];

const affine = floats(r, [2, 2, 3]);
const gridRows: readonly OpsetRow[] = [
  ...[0, 1].map((corners) => ({
    title: `AffineGrid, align_corners ${corners}`,
    opType: 'AffineGrid',
    opset: 20,
    inputs: [affine, vector([2, 3, 4, 5])],
    attributes: { align_corners: int(corners) },
  })),
  {
    title: 'AffineGrid of a volume',
    opType: 'AffineGrid',
    opset: 20,
    inputs: [floats(r, [2, 3, 4]), vector([2, 3, 2, 4, 3])],
  },
  {
    title: 'Col2Im',
    opType: 'Col2Im',
    opset: 18,
    inputs: [floats(r, [2, 12, 20]), vector([5, 6]), vector([2, 2])],
  },
  {
    title: 'Col2Im with strides, dilations and pads',
    opType: 'Col2Im',
    opset: 18,
    inputs: [floats(r, [1, 12, 12]), vector([6, 7]), vector([2, 3])],
    attributes: { strides: ints([2, 2]), dilations: ints([2, 1]), pads: ints([1, 1, 1, 1]) },
  },
];

const classicRows: readonly OpsetRow[] = [
  {
    title: 'Clip with bounds as attributes',
    opType: 'Clip',
    opset: 7,
    inputs: [x],
    attributes: { min: float(-0.5), max: float(0.7) },
  },
  {
    title: 'Clip with a bound that is none',
    opType: 'Clip',
    opset: 10,
    inputs: [x],
    attributes: { min: float(0) },
  },
  {
    title: 'Slice with attributes',
    opType: 'Slice',
    opset: 9,
    inputs: [x],
    attributes: { starts: ints([1, -4]), ends: ints([3, 2n ** 63n - 1n]), axes: ints([1, 3]) },
  },
  {
    title: 'Pad with attributes',
    opType: 'Pad',
    opset: 10,
    inputs: [x],
    attributes: { pads: ints([0, 0, 1, 2, 0, 1, 0, 1]), value: float(0.5) },
  },
  {
    title: 'TopK with attributes',
    opType: 'TopK',
    opset: 9,
    inputs: [x],
    attributes: { k: int(2) },
    outputs: 2,
  },
  {
    title: 'Upsample with attributes',
    opType: 'Upsample',
    opset: 7,
    inputs: [x],
    attributes: { scales: { kind: 'floats', value: [1, 1, 2, 2.5] }, mode: string('nearest') },
  },
  {
    title: 'Upsample',
    opType: 'Upsample',
    opset: 9,
    inputs: [x, float32([4], [1, 1, 2, 1.5])],
    attributes: { mode: string('linear') },
  },
  ...[
    [1, 1, 2, 3],
    [1, 1, 0.5, 0.7],
    [1, 1, 1.7, 0.6],
    [1, 1, 1, 1],
  ].map((scales) => ({
    title: `Resize-10 by ${scales}`,
    opType: 'Resize',
    opset: 10,
    inputs: [x, float32([4], scales)],
  })),
  { title: 'Dropout', opType: 'Dropout', opset: 7, inputs: [x], attributes: { ratio: float(0.3) } },
  {
    title: 'BatchNormalization',
    opType: 'BatchNormalization',
    opset: 7,
    inputs: [x, ...statistics],
    attributes: { spatial: int(1) },
  },
  { title: 'Hardmax over rows', opType: 'Hardmax', opset: 11, inputs: [x], attributes: { axis: int(2) } },
  {
    title: 'Scatter',
    opType: 'Scatter',
    opset: 9,
    inputs: [floats(r, [3, 3]), int64([1, 2], [2, 0]), floats(r, [1, 2])],
  },
];

const number = (value: number) => int64([], [value]);
const fourier = (
  title: string,
  opset: number,
  row: Omit<OpsetRow, 'title' | 'opType' | 'opset'>,
): OpsetRow => ({
  title: `DFT ${title}`,
  opType: 'DFT',
  opset,
  ...row,
});
const fourierRows: readonly OpsetRow[] = [
  fourier('of numbers', 17, { inputs: [floats(r, [2, 6, 1])] }),
  fourier('of pairs over an inner axis', 17, {
    inputs: [floats(r, [3, 7, 4, 2])],
    attributes: { axis: int(1) },
  }),
  fourier('back', 17, { inputs: [floats(r, [2, 5, 2])], attributes: { inverse: int(1) } }),
  fourier('of half the frequencies', 17, {
    inputs: [floats(r, [2, 7, 1])],
    attributes: { onesided: int(1) },
  }),
  fourier('of a part', 17, { inputs: [floats(r, [2, 8, 1]), number(5)] }),
  fourier('filled with zeros', 20, { inputs: [floats(r, [2, 4, 2]), number(6)] }),
  fourier('over the axis it is told', 20, { inputs: [floats(r, [5, 4, 2]), undefined, number(0)] }),
  fourier('over the last axis but one', 20, { inputs: [floats(r, [2, 3, 6, 2])] }),
];

const castRows: readonly OpsetRow[] = [15, 19].map((opset) => ({
  title: 'CastLike',
  opType: 'CastLike',
  opset,
  inputs: [vector([0, 6, -2]), x],
  fed: [0, 1],
}));

export const OPSET_ROWS: readonly OpsetRow[] = [
  ...softmaxRows,
  ...axesRows,
  ...splitRows,
  ...resizeRows,
  ...padRows,
  ...normalizationRows,
  ...attentionRows,
  ...activationRows,
  ...otherRows,
  ...lossRows,
  ...trainingRows,
  ...gridRows,
  ...fourierRows,
  ...castRows,
  ...classicRows,
];
