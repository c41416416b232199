import { afterEach, describe, expect, it, vi } from 'vitest';
import { gradients } from '../../src/autodiff/gradients.js';
import { NotDifferentiable } from '../../src/autodiff/not-differentiable.js';
import { OPERATORS } from '../../src/autodiff/operators.js';
import { GraphBuilder, int, string, type Value } from '../../src/onnx/builder.js';
import { ELEMENT_TYPE_NUMBERS } from '../../src/onnx/element-type.js';
import * as ops from '../../src/onnx/ops.js';
import { float32, type Shape } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';
import { float, gradientOfSum, run } from './support/gradient-of-sum.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('gradients', () => {
  it('adds what arrives along several ways', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const y = ops.add(b, ops.mul(b, x, x), ops.add(b, x, x));
    expect(await run(b, gradientOfSum(b, y, x), { x: [3, -1] })).toEqual([8, 0]);
  });

  it('sums several targets, each times its cotangent', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const [one, two] = [ops.mul(b, x, x), ops.neg(b, x)];
    const [gradient] = gradients(b, {
      of: [
        { value: one, cotangent: b.constant(float32([2], [1, 10])) },
        { value: two, cotangent: b.constant(float32([2], [5, 7])) },
      ],
      wrt: [x],
    });
    expect(await run(b, gradient, { x: [3, 2] })).toEqual([1, 33]);
  });

  it('counts a value that is a target twice, twice', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    const y = ops.exp(b, x);
    const of = { value: y, cotangent: b.constant(float32([1], [1])) };
    const [gradient] = gradients(b, { of: [of, of], wrt: [x] });
    expect(await run(b, gradient, { x: [0] })).toEqual([2]);
  });

  it('returns the cotangent, expanded, for a target itself', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 3);
    const gradient = gradientOfSum(b, x, x);
    expect(gradient?.type.shape).toEqual([2, 3]);
    expect(await run(b, gradient, { x: [0, 0, 0, 0, 0, 0] })).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('differentiates by a value in the middle and goes no further', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const middle = ops.exp(b, x);
    const y = ops.mul(b, middle, ops.neg(b, middle));
    const before = b.nodes.length;
    expect(gradientOfSum(b, y, middle)?.type.shape).toEqual([2]);
    const kinds = b.nodes.slice(before).map(({ opType }) => opType);
    expect(kinds).toEqual(['Mul', 'Mul', 'Neg', 'Add']);
  });

  it('differentiates by a constant', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const weight = b.constant(float32([1], [3]), 'weight');
    expect(await run(b, gradientOfSum(b, ops.mul(b, x, weight), weight), { x: [4, 5] })).toEqual([9]);
  });

  it('keeps named constants apart that hold the same numbers', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const [one, two] = ['one', 'two'].map((name) => b.constant(float32([1], [3]), name));
    if (!one || !two) throw new Error('There are two weights.');
    const y = ops.add(b, ops.mul(b, x, one), two);
    expect(await run(b, gradientOfSum(b, y, two), { x: [4, 5] })).toEqual([2]);
  });

  it('sees through swish to its sigmoid when that is asked for', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    const sigmoid = ops.sigmoid(b, x);
    const y = ops.mul(b, x, sigmoid);
    expect(await run(b, gradientOfSum(b, y, sigmoid), { x: [4] })).toEqual([4]);
  });

  it('sees through swish to the multiple in its sigmoid when that is asked for', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    const multiple = ops.mul(b, x, b.scalar(2));
    const y = ops.mul(b, x, ops.sigmoid(b, multiple));
    expect(await run(b, gradientOfSum(b, y, multiple), { x: [0] })).toEqual([0]);
    const [, again] = gradients(b, { of: [{ value: y, cotangent: b.scalar(1) }], wrt: [multiple, x] });
    b.output(again ?? x, 'again');
    const { again: total } = await runGraph(b.build('test'), { x: float32([1], [0]) });
    expect(Array.from(total?.data ?? [], Number)).toEqual([0.5]);
  });

  it('sees through swish to its constant when that is asked for', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    const alpha = b.constant(float32([], [2]), 'alpha');
    const y = ops.mul(b, x, ops.sigmoid(b, ops.mul(b, x, alpha)));
    // x²·σ'(αx), and σ' is the same at both signs
    const slope = 9 / ((1 + Math.exp(6)) * (1 + Math.exp(-6)));
    const [got = 0] = await run(b, gradientOfSum(b, y, alpha), { x: [3] });
    expect(got).toBeCloseTo(slope, 6);
  });

  it('is not deceived by what only looks like swish', async () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 1);
    const y = ops.mul(b, x, ops.sigmoid(b, ops.mul(b, x, x)));
    // σ(x²) + 2x²·σ'(x²) at 1
    const sigmoid = 1 / (1 + Math.exp(-1));
    const [got = 0] = await run(b, gradientOfSum(b, y, x), { x: [1] });
    expect(got).toBeCloseTo(sigmoid + 2 * sigmoid * (1 - sigmoid), 6);
  });

  it('leaves out what no output of the gradient needs', () => {
    const b = new GraphBuilder();
    const [x, z] = [float(b, 'x', 2), float(b, 'z', 2)];
    const gradient = gradientOfSum(b, ops.add(b, ops.exp(b, x), ops.sin(b, z)), x);
    b.output(gradient ?? x, 'result');
    expect(b.build('test').graph.nodes.map(({ opType }) => opType)).toEqual(['Exp', 'Mul', 'Identity']);
  });

  it('does no work for values that the wanted one does not reach', () => {
    const b = new GraphBuilder();
    const [x, z] = [float(b, 'x', 2), float(b, 'z', 2)];
    const y = ops.mul(b, x, ops.tan(b, z));
    const before = b.nodes.length;
    gradientOfSum(b, y, x);
    expect(b.nodes.slice(before).map(({ opType }) => opType)).toEqual(['Mul']);
  });

  it('expands a gradient only at the end', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2, 3, 5);
    const mean = ops.reduceMean(b, ops.neg(b, x), [1, 2], false);
    const gradient = gradientOfSum(b, mean, x);
    expect(gradient?.type.shape).toEqual([2, 3, 5]);
    b.output(gradient ?? x);
    const kinds = b.build('test').graph.nodes.map(({ opType }) => opType);
    expect(kinds).toEqual(['Expand', 'Reshape', 'Mul', 'Neg', 'Expand']);
  });
});

describe('gradients are undefined', () => {
  const cases: readonly (readonly [string, (b: GraphBuilder, x: Value) => Value])[] = [
    ['of another value', (b) => ops.exp(b, float(b, 'z', 2))],
    ['past a rounding', (b, x) => ops.exp(b, ops.round(b, x))],
    ['past a comparison', (b, x) => ops.where(b, ops.greater(b, x, b.scalar(0)), b.scalar(1), b.scalar(2))],
    ['past integers', (b, x) => ops.cast(b, ops.cast(b, x, 'int64'), 'float32')],
    ['past positions', (b, x) => ops.gather(b, b.constant(float32([2], [1, 2])), ops.argMax(b, x, 0))],
    ['by an exponent that does not matter', (b, x) => ops.pow(b, x, b.scalar(0))],
  ];
  it.each(cases)('%s', (_, build) => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    expect(gradientOfSum(b, build(b, x), x)).toBeUndefined();
  });
});

describe('gradients refuse', () => {
  /** A node of an operator that the builder itself could not emit. */
  function foreignNode(opType: string, domain: string): GraphBuilder {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const y = ops.identity(b, x);
    const node = b.nodes[0];
    if (node) Object.assign(node, { opType, domain, name: 'odd' });
    gradientOfSum(b, y, x);
    return b;
  }

  it('an operator without a rule, by operator, node and opset', () => {
    expect(() => foreignNode('Conv', 'com.example')).toThrow(
      new NotDifferentiable(
        'Cannot differentiate com.example.Conv (node "odd", opset 18): it has no gradient rule.',
      ),
    );
  });

  it('an operator that is called like something every object has', () => {
    expect(() => foreignNode('toString', '')).toThrow(/toString .*: it has no gradient rule\.$/);
  });

  it.each(['If', 'Loop', 'Scan'])('%s by name, with the reason', (opType) => {
    expect(() => foreignNode(opType, '')).toThrow(
      /^Cannot differentiate \w+ \(node "odd", opset 18\): its \w+ .*\.$/,
    );
  });

  it('a rule that returns more gradients than its node has inputs', () => {
    const entry = OPERATORS.Neg;
    if (entry.kind !== 'rule') throw new Error('Neg has a rule.');
    vi.spyOn(entry, 'rule').mockImplementation(({ outputGradients: [g] }) => [g, undefined, g]);
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2] });
    const y = ops.neg(b, x);
    expect(() => gradients(b, { of: [{ value: y, cotangent: b.float32s([1, 1]) }], wrt: [x] })).toThrow(
      'Cannot differentiate Neg (node "Neg", opset 18): its rule returned 3 gradients for 1 input(s).',
    );
  });

  it('a wanted value that is not of floats', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'int64', shape: [2] });
    expect(() => gradients(b, { of: [], wrt: [x] })).toThrow(
      'Expected "x" to be a float value, got int64: it has no gradient.',
    );
  });

  it('a cotangent of another shape', () => {
    const b = new GraphBuilder();
    const [x, cotangent] = [float(b, 'x', 2, 3), float(b, 'cotangent', 3, 2)];
    const y = ops.exp(b, x);
    expect(() => gradients(b, { of: [{ value: y, cotangent }], wrt: [x] })).toThrow(
      'Expected a cotangent of shape [2, 3] for "Exp", got [3, 2].',
    );
  });

  it('a cotangent of another element type, by the value’s name', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const cotangent = b.input('cotangent', { elementType: 'float64', shape: [2] });
    expect(() => gradients(b, { of: [{ value: ops.exp(b, x), cotangent }], wrt: [x] })).toThrow(
      'Expected a float32 cotangent for "Exp", got float64.',
    );
  });

  const pictures: Shape = [1, 1, 3, 3];
  const refusals: readonly (readonly [string, (b: GraphBuilder, x: Value) => Value, RegExp])[] = [
    [
      'a volume sampled by cubics, which ONNX Runtime cannot run either',
      (b) => {
        const [volume, grid] = [float(b, 'volume', 1, 1, 3, 3, 3), float(b, 'grid', 1, 2, 2, 2, 3)];
        return b.op('GridSample', [volume, grid], { mode: string('bicubic') });
      },
      /GridSample \(node "GridSample", opset 18\): mode "bicubic" is one of pictures \[n, c, h, w\]\.$/,
    ],
    [
      'a normalisation whose statistics are used',
      (b, x) => {
        const scale = b.constant(float32([3], [1, 2, 3]));
        const [y, mean] = b.emit({ opType: 'LayerNormalization', inputs: [x, scale], outputs: 2 });
        if (!y || !mean) throw new Error('LayerNormalization has outputs.');
        return ops.add(b, y, mean);
      },
      /LayerNormalization \(node ".*", opset 18\): only its first output has a gradient\.$/,
    ],
    [
      'an even LRN',
      (b, x) => b.op('LRN', [x], { size: int(4) }),
      /LRN \(node "LRN", opset 18\): an even `size` is refused by ONNX Runtime too\.$/,
    ],
  ];
  it.each(refusals)('%s', (_, build, message) => {
    const b = new GraphBuilder();
    const y = build(b, float(b, 'x', ...pictures));
    const wrt = b.value(b.nodes.at(0)?.inputs[0] ?? '');
    expect(() => gradientOfSum(b, y, wrt)).toThrow(message);
  });

  it('TopK without its positions', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 5);
    const y = b.op('TopK', [x, b.int64s([2])]);
    expect(() => gradientOfSum(b, y, x)).toThrow(/TopK \(node "TopK", opset 18\): output 1 is missing\.$/);
  });
});

describe('half precision', () => {
  it('keeps its element type through rules with constants', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float16', shape: [2, 3] });
    const y = ops.reduceMean(b, ops.sigmoid(b, ops.erf(b, x)), [0]);
    const cotangent = b.input('cotangent', { elementType: 'float16', shape: [1, 3] });
    const [gradient] = gradients(b, { of: [{ value: y, cotangent }], wrt: [x] });
    expect(gradient?.type).toEqual({ elementType: 'float16', shape: [2, 3] });
  });

  it('changes type where a cast did', () => {
    const b = new GraphBuilder();
    const x = float(b, 'x', 2);
    const narrow = b.op('Cast', [x], { to: int(ELEMENT_TYPE_NUMBERS.float16) });
    const cotangent = b.input('cotangent', { elementType: 'float16', shape: [2] });
    const [gradient] = gradients(b, { of: [{ value: narrow, cotangent }], wrt: [x] });
    expect(gradient?.type.elementType).toBe('float32');
  });
});
