import { float, type GraphBuilder, int, type Value } from '../../../src/onnx/builder.js';
import { ELEMENT_TYPE_NUMBERS } from '../../../src/onnx/element-type.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import type { Row } from '../support/check-gradient.js';
import { float64 } from '../support/constants.js';
import { avoiding, awayFrom, between, normal, positive, type Sampling } from '../support/random.js';

interface Options {
  readonly x?: Sampling;
  readonly attributes?: Attributes;
  readonly type?: 'float32' | 'float64';
  readonly title?: string;
  readonly step?: number;
}

const unary = (
  opType: string,
  { x = normal(2, 3, 5), attributes = {}, title, ...rest }: Options = {},
): Row => ({
  title: title ?? opType,
  inputs: { x },
  build: (b: GraphBuilder, { x: value }: Readonly<Record<string, Value>>) =>
    b.op(opType, [value], attributes),
  ...rest,
});

const clip = (title: string, bounds: readonly string[], names: readonly string[]): Row => ({
  title,
  inputs: Object.fromEntries([
    ['x', normal(3, 7)],
    ...names.map((name) => [name, name === 'low' ? between(-0.6, -0.4, []) : between(0.3, 0.5, [])]),
  ]),
  build: (b, values) => b.op('Clip', [values['x'], ...bounds.map((name) => values[name])]),
});

export const UNARY_ROWS: readonly Row[] = [
  unary('Abs', { x: avoiding([0], 2, 3, 5) }),
  unary('Acos', { x: between(-0.8, 0.8, [7]), type: 'float32' }),
  unary('Acosh', { x: between(1.5, 3, [7]), type: 'float32' }),
  unary('Asin', { x: between(-0.8, 0.8, [7]), type: 'float32' }),
  unary('Asinh', { type: 'float32' }),
  unary('Atan', { type: 'float32' }),
  unary('Atanh', { x: between(-0.7, 0.7, [7]), type: 'float32' }),
  unary('Celu', {
    x: avoiding([0], 2, 3, 5),
    type: 'float32',
    attributes: { alpha: float(0.7) },
    title: 'Celu, alpha 0.7',
  }),
  unary('Celu', { x: avoiding([0], 2, 3, 5), type: 'float32' }),
  clip('Clip to both bounds, by all three', ['low', 'high'], ['low', 'high']),
  clip('Clip below', ['low'], ['low']),
  clip('Clip above', ['none', 'high'], ['high']),
  unary('Cos'),
  unary('Cosh', { type: 'float32' }),
  unary('Elu', { x: avoiding([0], 2, 3, 5), type: 'float32' }),
  unary('Elu', {
    x: avoiding([0], 2, 3, 5),
    type: 'float32',
    attributes: { alpha: float(0.6) },
    title: 'Elu, alpha 0.6',
  }),
  unary('Erf', { type: 'float32' }),
  unary('Exp'),
  unary('HardSigmoid', { x: awayFrom([-2.5, 2.5], between(-5, 5, [41])), type: 'float32' }),
  unary('HardSigmoid', {
    x: awayFrom([-2.4, 3.6], between(-5, 5, [41])),
    type: 'float32',
    attributes: { alpha: float(1 / 6), beta: float(0.4) },
    title: 'HardSigmoid, alpha and beta',
  }),
  unary('HardSwish', { x: awayFrom([-3, 3], between(-5, 5, [41])), type: 'float32' }),
  unary('Identity'),
  unary('LeakyRelu', { x: avoiding([0], 2, 3, 5), type: 'float32' }),
  unary('LeakyRelu', {
    x: avoiding([0], 2, 3, 5),
    type: 'float32',
    attributes: { alpha: float(0.3) },
    title: 'LeakyRelu, alpha 0.3',
  }),
  unary('Log', { x: positive(5, 1) }),
  unary('Mish', { type: 'float32' }),
  unary('Neg'),
  unary('Reciprocal', { x: positive(7) }),
  unary('Relu', { x: avoiding([0], 2, 3, 5) }),
  unary('Selu', { x: avoiding([0], 2, 3, 5), type: 'float32' }),
  unary('Selu', {
    x: avoiding([0], 2, 3, 5),
    type: 'float32',
    attributes: { alpha: float(1.2), gamma: float(0.8) },
    title: 'Selu, alpha and gamma',
  }),
  unary('Shrink', { x: avoiding([-0.5, 0.5], 41), type: 'float32' }),
  unary('Shrink', {
    x: avoiding([-0.9, 0.9], 41),
    type: 'float32',
    attributes: { lambd: float(0.9), bias: float(0.2) },
    title: 'Shrink, lambd 0.9',
  }),
  unary('Sigmoid'),
  unary('Sin'),
  unary('Sinh', { type: 'float32' }),
  unary('Softplus', { type: 'float32' }),
  unary('Softsign', { type: 'float32' }),
  unary('Sqrt', { x: positive(2, 1, 3) }),
  unary('Tan', { x: between(-1, 1, [7]), type: 'float32' }),
  unary('Tanh'),
  unary('ThresholdedRelu', { x: avoiding([1], 41), type: 'float32' }),
  unary('ThresholdedRelu', {
    x: avoiding([0.4], 41),
    type: 'float32',
    attributes: { alpha: float(0.4) },
    title: 'ThresholdedRelu, alpha 0.4',
  }),
  {
    title: 'Cast to float32 and back',
    inputs: { x: normal(3, 2) },
    type: 'float64',
    step: 20,
    build: (b, { x }) => {
      const narrow = b.op('Cast', [x], { to: int(ELEMENT_TYPE_NUMBERS.float32) });
      return b.op('CastLike', [narrow, float64(b, [1], [0])]);
    },
  },
];
