import { float32, GraphBuilder } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { expect, test } from 'vitest';
import { graphMemory } from '../../../src/paint/sessions/graph-memory.js';

const KB = 1000;

test('a value counts from the node that makes it to the last that reads it', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [250] });
  const wide = op.concat(b, [x, x, x], 0);
  const again = op.neg(b, wide);
  // `wide` and `again` together are 6 kB; then `again` is read for the last time beside its sum.
  b.output(op.reduceSum(b, again, undefined), 'sum');
  expect(graphMemory(b.build('test'))).toMatchObject({ values: 6 * KB });
});

test('what is read late stays alive', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [250] });
  const kept = op.neg(b, x);
  const wide = op.concat(b, [x, x, x], 0);
  const again = op.neg(b, wide);
  const sum = op.reduceSum(b, again, undefined);
  b.output(op.mul(b, kept, sum), 'product');
  expect(graphMemory(b.build('test'))).toMatchObject({ values: 7 * KB });
});

test('constants count as weights', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [250] });
  const weight = b.constant(float32([250], new Float32Array(250)), 'weight');
  b.output(op.add(b, x, weight), 'y');
  expect(graphMemory(b.build('test')).weights).toBe(KB);
});

test('of constants that are only widened when the graph is opened, the wide ones count, as weights', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [250] });
  const half = b.constant({ elementType: 'float16', shape: [250], data: new Uint16Array(250) }, 'half');
  b.output(op.add(b, x, op.cast(b, half, 'float32')), 'y');
  expect(graphMemory(b.build('test'))).toEqual({ weights: KB, values: 2 * KB });
});
