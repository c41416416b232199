import { describe, expect, test } from 'vitest';
import { ints } from '../../../src/onnx/builder.js';
import { dump } from '../../../src/onnx/dump/dump.js';
import { float32 } from '../../../src/onnx/tensor.js';
import { graph, model, node, value } from '../support/models.js';

const small = {
  ...model({
    name: 'small',
    inputs: [value('x', ['batch', 3])],
    outputs: [{ name: 'y' }],
    initializers: new Map([
      ['w', float32([3, 20], new Float32Array(60))],
      ['two', float32([], [2])],
    ]),
    nodes: [
      node('MatMul', ['x', 'w'], ['t']),
      node('Mul', ['t', 'two'], ['u']),
      node('Transpose', ['u'], ['v'], { perm: ints([1, 0]) }),
      node('Mul', ['v', 'v'], ['y']),
    ],
  }),
  producer: 'someone',
};

describe('a dump', () => {
  test('tells inputs, outputs, operators, weights and nodes', () => {
    expect(dump(small)).toBe(
      [
        'model "small", opset onnx 18, IR 8, by someone',
        'inputs',
        '  x: float32 [batch, 3]',
        'outputs',
        '  y: ?',
        'operators',
        '  4 nodes: Mul 2, MatMul 1, Transpose 1',
        'weights',
        '  61 numbers in 2 tensors, 244 bytes',
        'nodes',
        '  t: ? = MatMul(x, w)',
        '  u: ? = Mul(t, float32 [] {2})',
        '  v: ? = Transpose(u) {perm=[1, 0]}',
        '  y: ? = Mul(v, v)',
      ].join('\n'),
    );
  });

  test('infers types where dimensions are fixed', () => {
    const fixed = { ...small, graph: { ...small.graph, inputs: [value('x', [5, 3])] } };
    expect(dump(fixed)).toContain('  y: float32 [20, 5]\n');
    expect(dump(fixed)).toContain('  v: float32 [20, 5] = Transpose(u)');
  });

  test('shows what a file declares of inner values, and goes on past a node that does not fit', () => {
    const broken = model({
      inputs: [value('x', [2, 3])],
      outputs: [{ name: 'z' }],
      valueInfo: new Map([['y', value('y', ['a'])]]),
      nodes: [
        node('MatMul', ['x', 'x'], ['y']),
        node('Loop', ['', 'x'], ['z', ''], { body: { kind: 'graph', value: graph({}) } }),
      ],
    });
    expect(dump(broken)).toContain('y: float32 [a] = MatMul(x, x)');
    expect(dump(broken)).toContain('z: ?, – = Loop(–, x) {body=graph of 0 nodes}');
  });

  test('leaves the nodes out when asked', () => {
    expect(dump(small, { nodes: false })).not.toContain('MatMul(');
  });

  test('prints no control character of a name, which could command a terminal', () => {
    const evil = model({ inputs: [value('\u001b[2J\nx')], outputs: [value('\u001b[2J\nx')] });
    expect(dump(evil)).toContain('\\u001b[2J\\u000ax: float32 [2]');
    expect(dump(evil)).not.toContain('\u001b');
  });
});
