import { describe, expect, it } from 'vitest';
import { addAt, filled, sumOver, widened } from '../../src/autodiff/emit.js';
import { GraphBuilder, int, float as number, string, type Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { bool, float32, type Shape } from '../../src/onnx/tensor.js';
import { emitted, emittedFor } from './support/emitted.js';
import { float } from './support/gradient-of-sum.js';

type Build = (b: GraphBuilder, x: Value) => Value;

const ones = (b: GraphBuilder, ...shape: readonly number[]) =>
  b.constant(float32(shape, new Float32Array(shape.reduce((size, n) => size * n, 1)).fill(1)));
const zeros = (b: GraphBuilder, ...shape: readonly number[]) =>
  b.constant(float32(shape, new Float32Array(shape.reduce((size, n) => size * n, 1))));
const opTypes = (b: GraphBuilder) => b.nodes.map(({ opType }) => opType);

describe('what would change nothing is not emitted', () => {
  const cases: readonly (readonly [string, Shape, Build, readonly string[]])[] = [
    [
      'softmax whose NaNs nobody replaces',
      [2, 3],
      (b, x) => ops.neg(b, ops.softmax(b, x)),
      ['Neg', 'Mul', 'ReduceSum', 'Sub', 'Mul'],
    ],
    [
      'softmax that is only handed on',
      [2, 3],
      (b, x) => ops.neg(b, ops.identity(b, ops.softmax(b, x))),
      ['Neg', 'Mul', 'ReduceSum', 'Sub', 'Mul'],
    ],
    [
      'a mean that is subtracted: summed, then negated',
      [4, 3],
      (b, x) => ops.sub(b, float(b, 'z', 4, 3), ops.neg(b, ops.neg(b, ops.reduceMean(b, x, [0])))),
      ['ReduceSum', 'Neg', 'Neg', 'Neg', 'Mul', 'Expand'],
    ],
    [
      'a power that is constant and not 0',
      [3],
      (b, x) => ops.pow(b, x, b.scalar(2.5)),
      ['Sub', 'Pow', 'Mul', 'Mul'],
    ],
    ['a maximum of one', [3], (b, x) => ops.max(b, [x]), ['Equal', 'Cast', 'Mul']],
    [
      'a maximum with a number: nothing to share',
      [3],
      (b, x) => ops.max(b, [x, b.scalar(0)]),
      ['Equal', 'Where', 'Equal', 'Cast', 'Mul'],
    ],
    [
      'a maximum of values: no bound',
      [3],
      (b, x) => ops.max(b, [x, float(b, 'z', 3)]),
      ['Equal', 'Cast', 'Equal', 'Cast', 'Add', 'Div', 'Mul'],
    ],
    [
      'an extremum in float32: nothing is computed again',
      [2, 3],
      (b, x) => ops.reduceMax(b, x, [1]),
      ['Equal', 'Cast', 'ReduceSum', 'Div', 'Mul'],
    ],
    ['Dropout that does not train', [3], notTraining, []],
    [
      'one element of a slice with steps',
      [7],
      (b, x) => ops.slice(b, x, { starts: [3], ends: [4], axes: [0], steps: [3] }),
      ['Pad'],
    ],
    [
      'one element of a slice that goes backwards',
      [7],
      (b, x) => ops.slice(b, x, { starts: [3], ends: [2], axes: [0], steps: [-3] }),
      ['Pad'],
    ],
    [
      'an Einsum whose labels differ',
      [2, 3],
      (b, x) => ops.einsum(b, 'ij,jk->ik', [x, float(b, 'z', 3, 5)]),
      ['Einsum'],
    ],
    [
      'one axis enlarged by a whole number',
      [1, 1, 2, 3],
      (b, x) => ops.resize(b, x, { scales: [1, 1, 2, 1], mode: 'nearest' }),
      ['AveragePool', 'Mul'],
    ],
    [
      'an output that no input went to is cut off',
      [1, 1, 4],
      (b, x) => ops.convTranspose(b, x, ones(b, 1, 1, 2), { dilations: [3], outputPadding: [2] }),
      ['Conv', 'Slice'],
    ],
  ];
  it.each(cases)('%s', (_, shape, build, expected) => {
    expect(emitted(shape, build)).toEqual(expected);
  });

  function notTraining(b: GraphBuilder, x: Value): Value {
    return b.op('Dropout', [x, undefined, b.constant(bool([], [false]))]);
  }

  const normalised = (scale: readonly number[]) =>
    emitted([2, 3], (b, x) => b.op('LayerNormalization', [x, b.constant(float32([3], scale))]));
  it('a LayerNormalization of scale one has no product with it', () => {
    expect(normalised([1, 2, 1])).toHaveLength(normalised([1, 1, 1]).length + 1);
  });

  const byScale = (mean: readonly number[]) =>
    emittedFor((b) => {
      const [x, by] = [float(b, 'x', 1, 2, 3), float(b, 'scale', 2)];
      const rest = [b.constant(float32([2], [0, 0])), b.constant(float32([2], mean)), ones(b, 2)];
      return { y: ops.batchNormalization(b, [x, by, ...rest]), by };
    }).needed.map(({ opType }) => opType);
  it('a BatchNormalization around zero subtracts none', () => {
    expect(byScale([0, 0])).not.toContain('Sub');
    expect(byScale([0, 1])).toContain('Sub');
    expect(byScale([1, 1])).toContain('Sub');
  });

  it('saved statistics are not computed again', () => {
    const kinds = emitted([2, 3], (b, x) => {
      const [y] = b.emit({ opType: 'LayerNormalization', inputs: [x, ones(b, 3)], outputs: 3 });
      return y ?? x;
    });
    expect(kinds).not.toContain('ReduceSumSquare');
  });

  it('a product of batches: one product', () => {
    const { needed } = emittedFor((b) => {
      const by = float(b, 'w', 2, 4, 5);
      return { y: ops.matMul(b, float(b, 'x', 2, 3, 4), by), by };
    });
    expect(needed.map(({ opType }) => opType)).toEqual(['Transpose', 'MatMul']);
  });

  it('a convolution’s kernel without groups: no convolution', () => {
    const { needed } = emittedFor((b) => {
      const by = float(b, 'w', 2, 3, 3, 3);
      return { y: ops.conv(b, float(b, 'x', 1, 3, 5, 5), by), by };
    });
    expect(needed.map(({ opType }) => opType)).not.toContain('Conv');
  });
});

describe('nothing is computed for operands that nobody wants', () => {
  const none = (b: GraphBuilder) => zeros(b, 2);
  const cases: readonly (readonly [string, Shape, Build])[] = [
    ['a bias that is repeated', [3, 2], (b, x) => ops.add(b, x, none(b))],
    ['a factor', [3, 2], (b, x) => ops.mul(b, x, none(b))],
    ['the bias of Conv', [1, 1, 5], (b, x) => b.op('Conv', [x, ones(b, 2, 1, 3), none(b)])],
    ['the bias of ConvTranspose', [1, 1, 5], (b, x) => b.op('ConvTranspose', [x, ones(b, 1, 2, 3), none(b)])],
    ['a term of Sum', [3, 2], (b, x) => ops.sum(b, [x, none(b)])],
    ['the bias of Gemm', [3, 4], (b, x) => b.op('Gemm', [x, ones(b, 4, 2), none(b)], { beta: number(2) })],
    ['the value of Pad', [3], (b, x) => b.op('Pad', [x, b.int64s([1, 1]), b.scalar(7)])],
    ['the bounds of Clip', [3], (b, x) => ops.clip(b, x, b.scalar(0), b.scalar(1))],
    ['the other value of Max', [3, 2], (b, x) => ops.max(b, [x, none(b)])],
    ['the slope of PRelu', [3, 2], (b, x) => b.op('PRelu', [x, none(b)])],
  ];
  it.each(cases)('%s', (_, shape, build) => {
    const { idle } = emittedFor((b) => {
      const by = float(b, 'x', ...shape);
      return { y: build(b, by), by };
    });
    // Constants may be made that only another side would use.
    expect(idle.filter((opType) => /Reduce|Mul|Conv|Add|Where/.test(opType))).toEqual([]);
  });
});

describe('the vocabulary of the rules', () => {
  it('sums over no axis of length 1', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1, 3, 1);
    expect(sumOver(b, x, [0, 2])).toBe(x);
    expect(sumOver(b, x, [0, 1]).type.shape).toEqual([1, 1, 1]);
  });

  it('widens half precision and nothing else', () => {
    const b = new GraphBuilder();
    for (const elementType of ['float32', 'float64'] as const) {
      const x = b.input(elementType, { elementType, shape: [2] });
      expect(widened(b, x)).toBe(x);
      expect(addAt(b, { shape: [4], indices: b.int64s([0, 1]), updates: x }).type.elementType).toBe(
        elementType,
      );
    }
    expect(opTypes(b)).not.toContain('Cast');
    for (const elementType of ['float16', 'bfloat16'] as const)
      expect(widened(b, b.input(elementType, { elementType, shape: [2] })).type.elementType).toBe('float32');
  });

  it('writes up to 4096 equal numbers down and lets the runtime repeat more', () => {
    const b = new GraphBuilder();
    const like = float(b, 'x');
    filled(b, like, [64, 64], 1);
    expect(opTypes(b)).toEqual([]);
    filled(b, like, [4097], 1);
    expect(opTypes(b)).toEqual(['Expand']);
  });
});

describe('AveragePool', () => {
  const windows = (count: number) => () =>
    emitted([1, 1, count], (b, x) => ops.averagePool(b, x, { kernel: [1] }));
  it('has a gradient up to 2²⁰ windows along an axis', () => {
    expect(windows(2 ** 20)).not.toThrow();
    expect(windows(2 ** 20 + 1)).toThrow(/more than 1048576 windows lie along an axis/);
  });
});

describe('Einsum', () => {
  const many = (count: number) => () =>
    emitted([2], (b, x) =>
      b.op('Einsum', new Array<Value>(count).fill(x), {
        equation: string(`${new Array(count).fill('i').join()}->i`),
      }),
    );
  it('has a gradient up to 64 operands', () => {
    expect(many(64)().length).toBeGreaterThan(64);
    expect(many(65)).toThrow(/more than 64 operands/);
  });
});

describe('statistics that LayerNormalization has saved', () => {
  it('are computed where one is missing', () => {
    const kinds = emitted([2, 3], (b, x) => {
      const [y] = b.emit({
        opType: 'LayerNormalization',
        inputs: [x, ones(b, 3)],
        attributes: { axis: int(-1) },
        outputs: 2,
      });
      return y ?? x;
    });
    expect(kinds).toContain('ReduceSumSquare');
  });

  it('are taken as they are stored, in float32, for a value of half precision', () => {
    const { needed } = emittedFor((b) => {
      const by = b.input('x', { elementType: 'float16', shape: [2, 3] });
      const scale = b.input('scale', { elementType: 'float16', shape: [3] });
      const [y] = b.emit({ opType: 'LayerNormalization', inputs: [by, scale], outputs: 3 });
      return { y: y ?? by, by };
    });
    expect(needed.filter(({ opType }) => opType === 'Cast')).toHaveLength(2);
  });
});
