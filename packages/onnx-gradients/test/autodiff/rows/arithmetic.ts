import { int } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { bool, tensor } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { float64 } from '../support/constants.js';
import { avoiding, between, normal, positive, type Sampling } from '../support/random.js';

interface Operands {
  readonly a?: Sampling;
  readonly b?: Sampling;
  readonly attributes?: Attributes;
}

/** Both operands are broadcast, each along another axis. */
const binary = (
  title: string,
  opType: string,
  { a = normal(3, 1, 5), b: other = normal(2, 5), attributes = {} }: Operands = {},
): Row => ({
  title,
  inputs: { a, b: other },
  build: (b, { a: left, b: right }) => b.op(opType, [left, right], attributes),
});

const variadic = (title: string, opType: string, inputs: Readonly<Record<string, Sampling>>): Row => ({
  title,
  inputs,
  build: (b, values) => b.op(opType, Object.values(values)),
});

/** x to a constant power. */
const power = (exponent: readonly number[], x: Sampling): Row => ({
  title: `Pow, exponent ${exponent}`,
  inputs: { x },
  build: (b, { x: base }) =>
    b.op('Pow', [base, float64(b, exponent.length === 1 ? [] : [exponent.length], exponent)]),
});

const three = { a: normal(3, 1), b: normal(1, 4), c: normal(4) };

export const ARITHMETIC_ROWS: readonly Row[] = [
  binary('Add', 'Add'),
  binary('Add of a scalar', 'Add', { b: normal() }),
  binary('Sub', 'Sub'),
  binary('Sub from a vector', 'Sub', { a: normal(5) }),
  binary('Mul', 'Mul'),
  binary('Mul by a column', 'Mul', { a: normal(2, 3), b: normal(2, 1) }),
  binary('Div', 'Div', { b: positive(2, 5) }),
  binary('Div by a scalar', 'Div', { b: positive() }),
  binary('Pow', 'Pow', { a: positive(3, 1, 5) }),
  power([1], normal(3)),
  power([2], normal(3, 2)),
  power([3], normal(5)),
  power([-1.5], positive(5)),
  power([2, 0, 1], normal(4, 3)),
  {
    title: 'Pow of zero and a constant power of zero',
    inputs: { x: between(0, 0, [3]) },
    build: (b, { x }) => b.op('Pow', [x, float64(b, [3], [2, 0, 1])]),
  },
  {
    title: 'Pow of a constant with a zero in it',
    inputs: { z: positive(3) },
    build: (b, { z }) => b.op('Pow', [float64(b, [3], [2, 0, 0.5]), z]),
  },
  {
    title: 'Pow with an integer exponent',
    inputs: { x: normal(3) },
    build: (b, { x }) => b.op('Pow', [x, b.constant(tensor('int64', [3], BigInt64Array.from([2n, 3n, 1n])))]),
  },
  {
    ...binary('Mod as fmod', 'Mod', {
      a: between(-9, 9, [3, 1, 5]),
      b: positive(2, 5),
      attributes: { fmod: int(1) },
    }),
    step: 1e-6,
  },
  variadic('Max of two', 'Max', { a: normal(3, 1), b: normal(1, 4) }),
  variadic('Max of three', 'Max', three),
  variadic('Min of three', 'Min', three),
  variadic('Sum of three', 'Sum', three),
  { ...variadic('Mean of three', 'Mean', three), type: 'float32', step: 1 },
  {
    title: 'Mul of a value by itself',
    inputs: { x: normal(7) },
    build: (b, { x }) => b.op('Mul', [x, x]),
  },
  {
    title: 'Mul by its own sigmoid',
    inputs: { x: normal(2, 5) },
    build: (b, { x }) => b.op('Mul', [x, b.op('Sigmoid', [x])]),
  },
  {
    title: 'Mul of a sigmoid of a multiple',
    inputs: { x: normal(2, 5) },
    build: (b, { x }) => b.op('Mul', [b.op('Sigmoid', [b.op('Mul', [float64(b, [], [1.7]), x])]), x]),
  },
  {
    title: 'Mul by its own sigmoid, which is used again',
    inputs: { x: normal(2, 5) },
    build: (b, { x }) => {
      const sigmoid = b.op('Sigmoid', [x]);
      return b.op('Add', [b.op('Mul', [x, sigmoid]), b.op('Neg', [sigmoid])]);
    },
  },
  {
    title: 'Mul by the sigmoid of another value',
    inputs: { x: normal(2, 5), z: normal(2, 5) },
    build: (b, { x, z }) => b.op('Mul', [x, b.op('Sigmoid', [b.op('Mul', [x, z])])]),
  },
  {
    title: 'Where',
    inputs: { a: normal(3, 1), b: normal(1, 4) },
    build: (b, { a, b: other }) =>
      b.op('Where', [b.constant(bool([4], [true, false, false, true])), a, other]),
  },
  {
    title: 'Where of one side',
    inputs: { b: normal(2, 4) },
    build: (b, { b: other }) =>
      b.op('Where', [b.constant(bool([2, 1], [true, false])), float64(b, [], [7]), other]),
  },
  {
    title: 'PRelu',
    type: 'float32',
    inputs: { x: avoiding([0], 2, 3, 5), slope: normal(3, 1) },
    build: (b, { x, slope }) => b.op('PRelu', [x, slope]),
  },
];
