import { describe, expect, it } from 'vitest';
import {
  differentiateModel,
  hessianProductModel,
  UnknownValue,
} from '../../src/autodiff/differentiate-model.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import type { Model } from '../../src/onnx/graph.js';
import * as ops from '../../src/onnx/ops.js';
import { prepareModel } from '../../src/onnx/prepare-model.js';
import { float32 } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';

/** y = x·weight (vector), loss = Σ y², positions = argmax y. */
function model(): Model {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [3] });
  b.input('ids', { elementType: 'int64', shape: [2] });
  const weight = b.constant(float32([3], [1, 2, 3]), 'weight');
  const y = ops.mul(b, x, weight);
  b.output(y, 'y');
  b.output(ops.reduceSumSquare(b, y, [0], false), 'loss');
  b.output(ops.argMax(b, y, 0), 'position');
  b.output(ops.exp(b, b.constant(float32([], [1]), 'alone')), 'apart');
  return b.build('model');
}

const names = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name);

describe('differentiateModel', () => {
  it('keeps inputs and outputs and adds the gradients', () => {
    const { graph } = differentiateModel(model(), { of: 'loss', wrt: ['x', 'weight'] });
    expect(names(graph.inputs)).toEqual(['x', 'ids']);
    expect(names(graph.outputs)).toEqual(['y', 'loss', 'position', 'apart', 'gradient/x', 'gradient/weight']);
  });

  it('starts from 1 for a scalar', async () => {
    const differentiated = differentiateModel(model(), { of: 'loss', wrt: ['x'] });
    const ids = { elementType: 'int64', shape: [2], data: new BigInt64Array(2) } as const;
    const results = await runGraph(differentiated, { x: float32([3], [1, 1, 1]), ids });
    expect(Array.from(results['gradient/x']?.data ?? [], Number)).toEqual([2, 8, 18]);
    expect(Array.from(results['loss']?.data ?? [], Number)).toEqual([14]);
  });

  it('takes the cotangent of anything larger as an input', async () => {
    const differentiated = differentiateModel(model(), { of: 'y', wrt: ['weight'] });
    expect(differentiated.graph.inputs.at(-1)).toEqual({
      name: 'cotangent/y',
      elementType: 'float32',
      shape: [3],
    });
    const ids = { elementType: 'int64', shape: [2], data: new BigInt64Array(2) } as const;
    const results = await runGraph(differentiated, {
      x: float32([3], [5, 6, 7]),
      ids,
      'cotangent/y': float32([3], [1, 0, -1]),
    });
    expect(Array.from(results['gradient/weight']?.data ?? [], Number)).toEqual([5, 0, -7]);
  });

  it('differentiates of and by values between', () => {
    const { graph } = differentiateModel(model(), { of: 'loss', wrt: ['Mul'] });
    expect(names(graph.outputs)).toContain('gradient/Mul');
  });

  it.each([
    [
      { of: 'los', wrt: ['x'] },
      /^Expected `--of` to name a float value such as "y", "loss", "apart", but "los" is not in the model\.$/,
    ],
    [{ of: 'position', wrt: ['x'] }, /but "position" holds int64\.$/],
    [
      { of: 'loss', wrt: ['z'] },
      /^Expected `--wrt` to name a float value such as "x", .*"weight".*, but "z" is not in the model\.$/,
    ],
    [{ of: 'loss', wrt: ['ids'] }, /but "ids" holds int64\.$/],
    [
      { of: 'apart', wrt: ['x'] },
      /^"apart" does not depend on "x" along any float path, so there is no gradient\.$/,
    ],
  ])('%o is a mistake that one sentence explains', (options, message) => {
    expect(() => differentiateModel(model(), options)).toThrow(UnknownValue);
    expect(() => differentiateModel(model(), options)).toThrow(message);
  });

  it('has no second derivative by what the first does not reach', () => {
    expect(() => hessianProductModel(model(), { of: 'loss', wrt: ['x', 'alone'] })).toThrow(
      /^"loss" does not depend on "alone" along any float path, so there is no gradient\.$/,
    );
  });

  it('says of a value between that preparing computed it away', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [1] });
    const inner = ops.exp(b, b.constant(float32([1], [1]), 'weight'));
    b.output(ops.mul(b, x, ops.neg(b, inner)), 'y');
    const prepared = prepareModel(b.build('model'));
    expect(() => differentiateModel(prepared, { of: 'y', wrt: [inner.name] })).toThrow(
      /^"Exp" was computed away when the model was prepared/,
    );
  });

  it.each([
    [12, /"w10", but "v" is not/],
    [21, /"w10" and 9 more, but "v" is not/],
  ])('lists at most twelve of %i names', (count, message) => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [1] });
    const weights = Array.from({ length: count - 1 }, (_, i) => b.constant(float32([1], [i]), `w${i}`));
    b.output(
      weights.reduce((total, weight) => ops.add(b, total, weight), x),
      'sum',
    );
    const many = b.build('model');
    expect(() => differentiateModel(many, { of: 'sum', wrt: ['v'] })).toThrow(message);
  });

  it('wants static shapes', () => {
    const prepared = model();
    const [x] = prepared.graph.inputs;
    const inputs = x ? [{ ...x, shape: ['n'] }] : [];
    const open = { ...prepared, graph: { ...prepared.graph, inputs } };
    expect(() => differentiateModel(open, { of: 'loss', wrt: ['x'] })).toThrow(
      'Expected a size for dimension "n" of input "x".',
    );
  });
});
