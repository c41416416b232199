import { expect, test } from 'vitest';
import { GraphBuilder } from '../../src/onnx/builder.js';
import * as op from '../../src/onnx/ops.js';
import { settledValues } from '../../src/onnx/settled-values.js';
import { float32 } from '../../src/onnx/tensor.js';

test('what is computed of constants alone is settled, at any remove; what an input or chance is in is not', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [2, 2] });
  const weight = b.constant(float32([2, 2], [1, 2, 3, 4]), 'weight');
  const turned = op.transpose(b, weight, [1, 0]);
  const twice = op.mul(b, turned, b.scalar(2));
  const noise = b.op('RandomNormalLike', [weight]);
  const product = op.matMul(b, x, twice);
  b.output(op.add(b, product, noise), 'y');
  const { graph } = b.build('test');
  const settled = settledValues(graph);
  expect([weight, turned, twice].every(({ name }) => settled.has(name))).toBe(true);
  expect([x, noise, product].some(({ name }) => settled.has(name))).toBe(false);
});

test('an initializer that is an input too may be given another value', () => {
  const b = new GraphBuilder();
  const weight = b.constant(float32([1], [1]), 'weight');
  b.output(op.neg(b, weight), 'y');
  const { graph } = b.build('test');
  const open = { ...graph, inputs: [{ name: 'weight', ...weight.type }] };
  expect(settledValues(open).size).toBe(0);
});
