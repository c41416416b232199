import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../src/autodiff/warnings.js';
import { float32 } from '../../src/onnx/tensor.js';
import { model, node, value } from '../onnx/support/models.js';

const stored = (...names: readonly string[]) => new Map(names.map((name) => [name, float32([1], [1])]));

const warned = (opType: string, inputs: readonly string[], wanted: string, names = inputs) =>
  warningsOf(
    model({
      inputs: [value('x', [1])],
      outputs: [value('y', [1])],
      initializers: stored(...names.filter((name) => name !== 'x')),
      nodes: [node(opType, inputs, ['y'])],
    }).graph,
    [wanted],
  ).length === 1;

describe('a weight that an exporter multiplied with a batch normalisation', () => {
  it.each(['Conv', 'ConvTranspose', 'Gemm'])('is known by the bias that was made for its %s', (opType) => {
    expect(warned(opType, ['x', 'w', 'w_bias'], 'w')).toBe(true);
    expect(warned(opType, ['x', 'w', 'w_bias'], 'w_bias')).toBe(true);
  });

  it.each([
    ['a bias of another name', 'Conv', ['x', 'w', 'b'], 'w'],
    ['no bias', 'Conv', ['x', 'w'], 'w'],
    ['another wanted weight', 'Conv', ['x', 'w', 'w_bias'], 'v'],
    ['the bias as an operand of its own name', 'Conv', ['x', 'w', 'w'], 'w'],
    ['a bias that is called so in another place', 'Conv', ['x', 'v', 'w_bias'], 'w'],
    ['a bias called after another weight', 'Conv', ['x', 'v', 'w_bias'], 'w_bias'],
    ['an operator that no exporter merges', 'Mul', ['x', 'w', 'w_bias'], 'w'],
    ['the input itself', 'Conv', ['w', 'x', 'x_bias'], 'x'],
  ] as const)('is not suspected for %s', (_, opType, inputs, wanted) => {
    expect(warned(opType, inputs, wanted, [...inputs, 'v'])).toBe(false);
  });
});
