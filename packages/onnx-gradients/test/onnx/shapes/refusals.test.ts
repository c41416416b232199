import { describe, expect, test } from 'vitest';
import { GraphBuilder, int, ints, string, type Value } from '../../../src/onnx/builder.js';
import type { ElementType } from '../../../src/onnx/element-type.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { isOperator } from '../../../src/onnx/shapes/rules.js';

interface Refusal {
  readonly opType: string;
  readonly shapes: readonly (readonly number[])[];
  readonly constants?: readonly (readonly number[])[];
  readonly types?: readonly ElementType[];
  readonly attributes?: Attributes;
  readonly message: string;
}

/** Operands that ONNX forbids; the specification leaves their shape undefined. */
const REFUSALS: readonly Refusal[] = [
  {
    opType: 'MatMul',
    shapes: [
      [2, 3],
      [4, 5],
    ],
    message: 'Cannot multiply [2, 3] by [4, 5].',
  },
  {
    opType: 'MatMul',
    shapes: [
      [2, 2, 3],
      [3, 3, 5],
    ],
    message: 'Shapes [2] and [3] do not broadcast.',
  },
  {
    opType: 'Gemm',
    shapes: [
      [2, 3, 1],
      [3, 4],
    ],
    message: 'Expected two matrices.',
  },
  {
    opType: 'Gemm',
    shapes: [
      [2, 3],
      [3, 4],
      [3, 4],
    ],
    message: 'do not broadcast',
  },
  {
    opType: 'Einsum',
    shapes: [
      [2, 3],
      [4, 5],
    ],
    attributes: { equation: string('ij,jk->ik') },
    message: 'Label "j" of "ij,jk->ik" stands for both 3 and 4.',
  },
  {
    opType: 'Einsum',
    shapes: [[2, 3]],
    attributes: { equation: string('ijk->i') },
    message: 'Expected rank 3 for "ijk", got shape [2, 3].',
  },
  {
    opType: 'Einsum',
    shapes: [[2]],
    attributes: { equation: string('i->j') },
    message: 'Output label "j" of "i->j" has no operand.',
  },
  {
    opType: 'Conv',
    shapes: [
      [1, 3, 5, 5],
      [4, 2, 3, 3],
    ],
    message: 'do not fit 1 group(s).',
  },
  {
    opType: 'Conv',
    shapes: [
      [1, 3, 5, 5],
      [4, 3, 3],
    ],
    message: 'Expected input and kernel of one rank',
  },
  {
    opType: 'Conv',
    shapes: [
      [1, 3, 2, 5],
      [4, 3, 3, 3],
    ],
    message: 'A kernel of extent 3 does not fit into 2',
  },
  {
    opType: 'Conv',
    shapes: [
      [1, 3, 5, 5],
      [4, 3, 3, 3],
    ],
    attributes: { strides: ints([0, 1]) },
    message: 'Expected strides and dilations of at least 1.',
  },
  {
    opType: 'Conv',
    shapes: [
      [1, 3, 5, 5],
      [4, 3, 3, 3],
    ],
    attributes: { pads: ints([1, 1]) },
    message: 'Expected 4 `pads`, got 2.',
  },
  {
    opType: 'Conv',
    shapes: [[1, 3, 5, 5], [4, 3, 3, 3], [3]],
    message: 'Expected a bias of shape [4], got [3].',
  },
  {
    opType: 'ConvTranspose',
    shapes: [
      [1, 3, 5],
      [4, 2, 3],
    ],
    message: 'do not fit 1 group(s).',
  },
  { opType: 'AveragePool', shapes: [[1, 3, 5]], message: 'Expected attribute `kernel_shape`.' },
  {
    opType: 'Concat',
    shapes: [
      [2, 3],
      [2, 4],
    ],
    attributes: { axis: int(0) },
    message: 'differ outside axis 0.',
  },
  {
    opType: 'Concat',
    shapes: [[2, 3]],
    attributes: { axis: int(2) },
    message: 'Expected an axis between -2 and 1, got 2.',
  },
  {
    opType: 'Transpose',
    shapes: [[2, 3]],
    attributes: { perm: ints([0, 0]) },
    message: 'to order 2 axes, got [0, 0].',
  },
  {
    opType: 'Reshape',
    shapes: [[2, 3]],
    constants: [[-1, -1]],
    message: 'Cannot reshape [2, 3] to [-1, -1].',
  },
  { opType: 'Reshape', shapes: [[2, 3]], constants: [[6, 1, 0]], message: 'Cannot copy axis 2 of [2, 3].' },
  { opType: 'Squeeze', shapes: [[2, 1]], constants: [[0]], message: 'Cannot squeeze axis 0 of [2, 1].' },
  {
    opType: 'Unsqueeze',
    shapes: [[2]],
    constants: [[0, 0]],
    message: 'Expected distinct axes, got axis 0 twice.',
  },
  {
    opType: 'Slice',
    shapes: [[5]],
    constants: [[0], [5], [0], [0]],
    message: 'Expected steps other than 0.',
  },
  {
    opType: 'Slice',
    shapes: [[5]],
    constants: [[0], [5, 5]],
    message: 'as many ends, axes and steps as starts.',
  },
  {
    opType: 'Expand',
    shapes: [[2, 3]],
    constants: [[4]],
    message: 'Shapes [2, 3] and [4] do not broadcast.',
  },
  { opType: 'Tile', shapes: [[2, 3]], constants: [[4]], message: 'Expected 2 repeats, got 1.' },
  { opType: 'Pad', shapes: [[2]], constants: [[-3, 0]], message: 'The pads leave less than nothing of [2].' },
  { opType: 'Range', shapes: [], constants: [[0], [5], [0]], message: 'Expected `delta` other than 0.' },
  {
    opType: 'ConstantOfShape',
    shapes: [],
    constants: [[2, -1]],
    message: 'Expected no negative dimension, got [2, -1].',
  },
  {
    opType: 'ReduceSum',
    shapes: [[2, 3]],
    constants: [[0, -2]],
    message: 'Expected distinct axes, got axis 0 twice.',
  },
  { opType: 'TopK', shapes: [[3]], constants: [[4]], message: 'Expected k of at most 3, got 4.' },
  {
    opType: 'GatherElements',
    shapes: [[2, 3], [2]],
    types: ['float32', 'int64'],
    message: 'Expected indices of rank 2',
  },
  {
    opType: 'GatherND',
    shapes: [
      [2, 3],
      [2, 2],
    ],
    types: ['float32', 'int64'],
    attributes: { batch_dims: int(1) },
    message: 'Indices [2, 2] reach deeper than data [2, 3].',
  },
  {
    opType: 'ScatterND',
    shapes: [[4], [2, 1], [3]],
    types: ['float32', 'int64', 'float32'],
    message: 'Expected updates of shape [2]',
  },
  { opType: 'Where', shapes: [[2], [2], [2]], message: 'Expected a bool condition, got float32.' },
  { opType: 'And', shapes: [[2], [2]], message: 'Expected bool inputs, got float32.' },
  { opType: 'Sigmoid', shapes: [[2]], types: ['int64'], message: 'Expected a float input, got int64.' },
  {
    opType: 'BatchNormalization',
    shapes: [[1, 3, 4], [3], [3], [3], [4]],
    message: 'Expected input 4 of shape [3], got [4].',
  },
  { opType: 'LayerNormalization', shapes: [[2, 3], [2]], message: 'do not broadcast' },
  {
    opType: 'GridSample',
    shapes: [
      [1, 1, 4, 4],
      [1, 2, 2, 3],
    ],
    message: 'does not fit input [1, 1, 4, 4].',
  },
  {
    opType: 'DepthToSpace',
    shapes: [[1, 3, 2, 2]],
    attributes: { blocksize: int(2) },
    message: 'do not divide into blocks of 2².',
  },
  { opType: 'Resize', shapes: [[1, 1, 2, 2]], message: 'Expected either `scales` or `sizes`.' },
  {
    opType: 'Softmax',
    shapes: [[2, 3]],
    attributes: { axis: int(2) },
    message: 'Expected an axis between -2 and 1, got 2.',
  },
  {
    opType: 'Softmax',
    shapes: [[2, 3]],
    attributes: { axis: ints([0]) },
    message: 'Expected attribute `axis` of kind int, got ints.',
  },
  {
    opType: 'Cast',
    shapes: [[2]],
    attributes: { to: int(8) },
    message: 'Element type 8 of ONNX is not supported.',
  },
  { opType: 'Add', shapes: [[2]], message: 'Expected input 1, which is missing.' },
];

describe('operands that an operator forbids are refused in one sentence', () => {
  for (const { opType, shapes, constants = [], types = [], attributes = {}, message } of REFUSALS) {
    test(`${opType}: ${message}`, () => {
      expect(isOperator(opType)).toBe(true);
      const b = new GraphBuilder();
      const fed = shapes.map((shape, i) => b.input(`x${i}`, { elementType: types[i] ?? 'float32', shape }));
      const scalars = opType === 'Range';
      const fixed = constants.map((values): Value => (scalars ? b.int64(values[0] ?? 0) : b.int64s(values)));
      expect(() => b.op(opType, [...fed, ...fixed], attributes)).toThrow(`${opType} (node "${opType}"): `);
      expect(() => b.op(opType, [...fed, ...fixed], attributes)).toThrow(message);
    });
  }

  test('a shape that only an input knows', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2] });
    const shape = b.input('shape', { elementType: 'int64', shape: [1] });
    expect(() => b.op('Reshape', [x, shape])).toThrow('Expected `shape` (input 1) to be constant.');
  });
});
