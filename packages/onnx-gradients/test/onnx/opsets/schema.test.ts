import { describe, expect, it } from 'vitest';
import { int, ints, string } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { float32, int64 } from '../../../src/onnx/tensor.js';
import { model, node, value } from '../support/models.js';

interface Refused {
  readonly opType: string;
  readonly inputs?: readonly string[];
  readonly attributes?: Attributes;
}

const preparing = ({ opType, inputs = ['x'], attributes = {} }: Refused) =>
  prepareModel(
    model({
      inputs: [value('x', [1, 2, 4, 4])],
      outputs: [value('y', [1, 2, 4, 4])],
      initializers: new Map([
        ['scales', float32([4], [1, 1, 2, 2])],
        ['labels', int64([1, 3, 3], new Array<number>(9).fill(0))],
      ]),
      nodes: [node(opType, inputs, ['y'], attributes)],
    }),
  );

const RESIZE = { opType: 'Resize', inputs: ['x', '', 'scales'] };

describe('what ONNX Runtime refuses is refused', () => {
  it.each<readonly [string, Refused, RegExp]>([
    ['an unknown attribute', { opType: 'Relu', attributes: { axis: int(1) } }, /has no attribute `axis`/],
    [
      'an attribute of another kind',
      { opType: 'Softmax', attributes: { axis: string('1') } },
      /of kind int, got string/,
    ],
    [
      'an unknown mode',
      { ...RESIZE, attributes: { mode: string('bilinear') } },
      /`mode` to be one of nearest, linear, cubic, got "bilinear"/,
    ],
    [
      'an unknown mode of coordinates',
      { ...RESIZE, attributes: { coordinate_transformation_mode: string('corner') } },
      /to be one of half_pixel, .*, got "corner"/,
    ],
    [
      'an unknown rounding',
      { ...RESIZE, attributes: { nearest_mode: string('up') } },
      /`nearest_mode` to be one of .*, got "up"/,
    ],
    [
      'an unknown padding',
      { opType: 'GlobalMaxPool', attributes: { auto_pad: string('SAME') } },
      /has no attribute/,
    ],
    [
      'a kernel of no length',
      { opType: 'MaxPool', attributes: { kernel_shape: ints([2, -1]) } },
      /Expected a kernel of at least 1 along each axis/,
    ],
    [
      'statistics of a training normalisation that are no vectors',
      {
        opType: 'BatchNormalization',
        inputs: ['x', 'scales', 'scales', 'scales', 'scales'],
        attributes: { training_mode: int(1) },
      },
      /Expected "scales" to be one number for each of 2 channels/,
    ],
    ['one input too many', { opType: 'Relu', inputs: ['x', 'scales'] }, /Expected 1 input\(s\), got 2/],
    ['an omitted input too many', { opType: 'Relu', inputs: ['x', ''] }, /Expected 1 input\(s\), got 2/],
    [
      'labels of another shape',
      { opType: 'NegativeLogLikelihoodLoss', inputs: ['x', 'labels'] },
      /Expected a label for each of \[1, 4, 4\], got \[1, 3, 3\]/,
    ],
    [
      'an unknown reduction',
      {
        opType: 'NegativeLogLikelihoodLoss',
        inputs: ['x', 'labels'],
        attributes: { reduction: string('total') },
      },
      /one of none, sum, mean, got "total"/,
    ],
  ])('%s', (_, refused, message) => {
    expect(() => preparing(refused)).toThrow(message);
  });
});
