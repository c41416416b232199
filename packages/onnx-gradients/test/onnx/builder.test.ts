import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { fold } from '../../src/onnx/fold/fold.js';
import { add, cast, mul, pad, relu, reshape, slice, split, transpose } from '../../src/onnx/ops.js';
import { float32, int64 } from '../../src/onnx/tensor.js';

const input = (b: GraphBuilder, shape: readonly number[]) => b.input('x', { elementType: 'float32', shape });

describe('names', () => {
  test('are the operator’s, numbered when taken', () => {
    const b = new GraphBuilder();
    const x = input(b, [2]);
    expect([relu(b, x), relu(b, x), relu(b, x)].map(({ name }) => name)).toEqual([
      'Relu',
      'Relu_1',
      'Relu_2',
    ]);
  });

  test('never clash with a second output that looks like one', () => {
    const b = new GraphBuilder();
    const x = b.input('Split:1', { elementType: 'float32', shape: [4] });
    const parts = split(b, x, [1, 3], 0);
    expect(new Set([x, ...parts].map(({ name }) => name)).size).toBe(3);
  });

  test('kept for outputs go only to who asks for them', () => {
    const b = new GraphBuilder({ reserved: ['Relu'] });
    const x = input(b, [2]);
    expect(relu(b, x).name).toBe('Relu_1');
    expect(b.emit({ opType: 'Relu', inputs: [x], name: 'Relu' })[0]?.name).toBe('Relu');
  });

  test('of inputs are taken once', () => {
    const b = new GraphBuilder();
    input(b, [2]);
    expect(() => input(b, [2])).toThrow('The name "x" is taken in this graph.');
  });
});

describe('constants', () => {
  test('of equal value and type share an initializer; −0 and 0, and float and integer, do not', () => {
    const b = new GraphBuilder();
    expect(b.scalar(1)).toBe(b.scalar(1));
    expect(b.scalar(0)).not.toBe(b.scalar(-0));
    expect(b.int64(1)).not.toBe(b.int64s([1]));
    expect(b.constant(float32([1], [1])).name).not.toBe(b.constant(int64([1], [1])).name);
  });
});

describe('mistakes are reported where they are made', () => {
  test.each<[string, (b: GraphBuilder) => unknown, string]>([
    [
      'shapes',
      (b) => add(b, input(b, [2, 3]), b.float32s([1, 2])),
      'Add (node "Add"): Shapes [2, 3] and [2] do not broadcast.',
    ],
    [
      'element types',
      (b) => mul(b, input(b, [2]), b.int64s([1, 2])),
      'Mul (node "Mul"): Expected inputs of one element type, got float32 and int64.',
    ],
    [
      'sizes',
      (b) => reshape(b, input(b, [2, 3]), [4]),
      'Reshape (node "Reshape"): Cannot reshape [2, 3] to [4].',
    ],
    [
      'operators',
      (b) => b.op('toString', [input(b, [2])]),
      'Operator toString (node "toString") has no shape rule.',
    ],
  ])('%s', (_, build, message) => {
    expect(() => build(new GraphBuilder())).toThrow(message);
  });
});

describe('building with folding', () => {
  test('keeps a node out of the graph when its operands are constants', () => {
    const b = new GraphBuilder({ fold });
    const w = b.constant(float32([2, 3], [1, 2, 3, 4, 5, 6]), 'w');
    expect(b.constantOf(transpose(b, w, [1, 0]))).toEqual(float32([3, 2], [1, 4, 2, 5, 3, 6]));
    expect(b.nodes).toEqual([]);
  });

  test('passes a value through what does nothing to it', () => {
    const b = new GraphBuilder({ fold });
    const x = input(b, [2, 3]);
    const through = [
      reshape(b, x, [2, 3]),
      transpose(b, x, [0, 1]),
      cast(b, x, 'float32'),
      pad(b, x, { pads: [0, 0, 0, 0] }),
      slice(b, x, { starts: [0], ends: [9], axes: [1] }),
      split(b, x, [2], 0)[0],
    ];
    expect(through.every((value) => value === x)).toBe(true);
  });

  test('does not mistake a reversal, a crop that is padded again or a swap of equal axes for nothing', () => {
    const b = new GraphBuilder({ fold });
    const x = input(b, [3, 3]);
    const changed = [
      slice(b, x, { starts: [-1], ends: [-9], axes: [0], steps: [-1] }),
      pad(b, x, { pads: [1, 0, -1, 0] }),
      transpose(b, x, [1, 0]),
    ];
    expect(changed.some((value) => value === x)).toBe(false);
  });

  test('leaves a division of integers by zero to the runtime', () => {
    const b = new GraphBuilder({ fold });
    const quotient = b.op('Div', [b.int64s([1]), b.int64s([0])]);
    expect(b.constantOf(quotient)).toBeUndefined();
  });
});
