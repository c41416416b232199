import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { inline } from '../../src/onnx/inline.js';
import { ModelError } from '../../src/onnx/model-error.js';
import { mul } from '../../src/onnx/ops.js';
import { prepareModel } from '../../src/onnx/prepare-model.js';
import { bool, float32 } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';
import { graph, model, node, value } from './support/models.js';

/** y = x + w */
const weight = float32([3], [1, 2, 3]);
const shift = model({
  inputs: [value('x', ['n', 3])],
  outputs: [value('y', ['n', 3])],
  initializers: new Map([['w', weight]]),
  nodes: [node('Add', ['x', 'w'], ['y'])],
});

describe('a model copied into a graph under construction', () => {
  test('takes its dimensions from the values it is given', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2, 3] });
    const once = inline(b, shift, { inputs: { x }, prefix: 'first/' })['y'] ?? x;
    const twice = inline(b, shift, { inputs: { x: mul(b, once, once) }, prefix: 'second/' })['y'] ?? x;
    b.output(twice, 'y');
    const { y } = await runGraph(b.build('g'), { x: float32([2, 3], [0, 0, 0, 1, 1, 1]) });
    expect(y).toEqual(float32([2, 3], [2, 6, 12, 5, 11, 19]));
  });

  test('keeps its names behind the prefix, and its weights as the same tensors', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2, 3] });
    const { y } = inline(b, shift, { inputs: { x }, prefix: 'clip/' });
    expect(y?.name).toBe('clip/y');
    expect(b.constantOf(b.value('clip/w'))?.data).toBe(weight.data);
  });

  test.each([
    ['a missing input', {}, 'Expected a value for input "x".'],
    ['another rank', { shape: [3] }, 'Expected input "x" to be float32 [n, 3], got float32 [3].'],
    ['another size', { shape: [2, 4] }, 'Expected input "x" to be float32 [n, 3], got float32 [2, 4].'],
  ])('is refused with %s', (_, type, message) => {
    const b = new GraphBuilder();
    const inputs = 'shape' in type ? { x: b.input('x', { elementType: 'float32', shape: type.shape }) } : {};
    expect(() => inline(b, shift, { inputs })).toThrow(message);
  });
});

describe('If', () => {
  const branch = (opType: string) => ({
    kind: 'graph' as const,
    value: graph({ outputs: [{ name: `${opType}_out` }], nodes: [node(opType, ['x'], [`${opType}_out`])] }),
  });
  const chosen = node('If', ['condition'], ['y'], { then_branch: branch('Exp'), else_branch: branch('Neg') });

  test.each([
    [true, 'Exp'],
    [false, 'Neg'],
  ])('with a condition known to be %s leaves that branch alone', (condition, opType) => {
    const known = model({
      inputs: [value('x')],
      outputs: [value('y')],
      initializers: new Map([['condition', bool([], [condition])]]),
      nodes: [chosen],
    });
    const { graph: prepared } = prepareModel(known);
    expect(prepared.nodes[0]?.opType).toBe(opType);
    expect(prepared.outputs[0]).toMatchObject({ name: 'y', shape: [2] });
  });

  test('with a condition that an input decides is refused by name', () => {
    const unknown = model({
      inputs: [value('x'), { name: 'condition', elementType: 'bool', shape: [] }],
      outputs: [value('y')],
      nodes: [chosen],
    });
    expect(() => prepareModel(unknown)).toThrow(
      'If (node "y", opset 18): Control flow with a condition that depends on an input is not supported.',
    );
  });

  test('Loop is refused by name', () => {
    const loop = model({
      inputs: [value('x')],
      outputs: [value('y')],
      nodes: [node('Loop', ['', '', 'x'], ['y'])],
    });
    expect(() => prepareModel(loop)).toThrow(ModelError);
    expect(() => prepareModel(loop)).toThrow('Loop (node "y", opset 18): Control flow is not supported.');
  });
});
