import { describe, expect, test } from 'vitest';
import { int } from '../../src/onnx/builder.js';
import { prepareModel } from '../../src/onnx/prepare-model.js';
import { float32, int64 } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';
import { model, node, value } from './support/models.js';

const relu = (shape: Parameters<typeof value>[1], opset = 18) =>
  model(
    { inputs: [value('x', shape)], outputs: [value('y', shape)], nodes: [node('Relu', ['x'], ['y'])] },
    opset,
  );

test('an output that is declared as another type than comes out of it is refused', () => {
  const { graph, ...rest } = relu([2]);
  const outputs = [{ ...value('y', [2]), elementType: 'uint8' as const }];
  expect(() => prepareModel({ ...rest, graph: { ...graph, outputs } })).toThrow(
    'Output "y" is declared as uint8, but float32 comes out of it.',
  );
});

describe('dimensions', () => {
  test('are fixed by name or by input', () => {
    expect(prepareModel(relu(['n', 3, 'n']), { dimensions: { n: 5 } }).graph.outputs).toEqual([
      value('y', [5, 3, 5]),
    ]);
    expect(prepareModel(relu([null, 3]), { shapes: { x: [7, 3] } }).graph.outputs).toEqual([
      value('y', [7, 3]),
    ]);
  });

  test.each([
    ['a name without a size', ['n', 3], {}, 'Expected a size for dimension "n" of input "x".'],
    ['a dimension without a name', [null, 3], {}, 'Expected a size for axis 0 of input "x".'],
    [
      'half a picture',
      ['n', 3],
      { dimensions: { n: 0.5 } },
      'Expected a size for axis 0 of input "x", got 0.5.',
    ],
    [
      'a size of the prototype',
      ['constructor'],
      {},
      'Expected a size for dimension "constructor" of input "x".',
    ],
  ] as const)('%s is refused', (_, shape, options, message) => {
    expect(() => prepareModel(relu(shape), options)).toThrow(message);
  });
});

describe('what is left', () => {
  test('is only what outputs need', () => {
    const wasteful = model({
      inputs: [value('x'), value('unused')],
      outputs: [value('y')],
      initializers: new Map([
        ['w', float32([2], [1, 2])],
        ['dead', float32([2], [3, 4])],
      ]),
      nodes: [node('Add', ['x', 'w'], ['y']), node('Mul', ['x', 'dead'], ['nobody'])],
    });
    const { graph } = prepareModel(wasteful);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Add']);
    expect([...graph.initializers.keys()]).toEqual(['w']);
    // Inputs are the contract with the caller: they stay.
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'unused']);
  });

  test('has no shape arithmetic: [n, c, h, w] flattened as exporters write it becomes one Reshape', () => {
    const flattening = model({
      inputs: [value('x', ['n', 3, 'h', 'h'])],
      outputs: [value('y', ['n', 3, null])],
      initializers: new Map([
        ['zero', int64([], [0])],
        ['one', int64([], [1])],
        ['axes', int64([1], [0])],
        ['rest', int64([1], [-1])],
      ]),
      nodes: [
        node('Shape', ['x'], ['shape']),
        node('Gather', ['shape', 'zero'], ['n'], { axis: int(0) }),
        node('Gather', ['shape', 'one'], ['c'], { axis: int(0) }),
        node('Unsqueeze', ['n', 'axes'], ['n1']),
        node('Unsqueeze', ['c', 'axes'], ['c1']),
        node('Concat', ['n1', 'c1', 'rest'], ['target'], { axis: int(0) }),
        node('Reshape', ['x', 'target'], ['y']),
      ],
    });
    const { graph } = prepareModel(flattening, { dimensions: { n: 2, h: 4 } });
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Reshape']);
    expect(graph.outputs).toEqual([value('y', [2, 3, 16])]);
  });

  test('keeps an output that is an input, a weight, or the same value as another', async () => {
    const odd = model({
      inputs: [value('x')],
      outputs: [value('x'), value('w'), value('same')],
      initializers: new Map([['w', float32([2], [1, 2])]]),
      nodes: [node('Identity', ['x'], ['same'])],
    });
    const prepared = prepareModel(odd);
    expect(prepared.graph.outputs.map(({ name }) => name)).toEqual(['x', 'w', 'same']);
    const feeds = { x: float32([2], [5, 6]) };
    expect(await runGraph(prepared, feeds)).toEqual({ ...feeds, same: feeds.x, w: float32([2], [1, 2]) });
  });

  test('keeps the order of outputs that are named like numbers', () => {
    const numbered = model({
      inputs: [value('x')],
      outputs: [value('10'), value('9')],
      nodes: [node('Relu', ['x'], ['9']), node('Neg', ['x'], ['10'])],
    });
    expect(prepareModel(numbered).graph.outputs.map(({ name }) => name)).toEqual(['10', '9']);
  });
});

describe('what is not supported', () => {
  test.each([
    ['an old opset', relu([2], 6), 'Expected an opset between 7 and 28, got 6.'],
    ['a new opset', relu([2], 99), 'Expected an opset between 7 and 28, got 99.'],
    [
      'an operator',
      model({ inputs: [value('x')], outputs: [value('y')], nodes: [node('Unique', ['x'], ['y'])] }, 13),
      'Unique (node "y", opset 13): The operator is not supported.',
    ],
    [
      'a domain',
      model({
        inputs: [value('x')],
        outputs: [value('y')],
        nodes: [{ ...node('Gelu', ['x'], ['y']), domain: 'com.microsoft' }],
      }),
      'com.microsoft.Gelu (node "y", opset 18): Its domain com.microsoft is not supported.',
    ],
    [
      'a shape that depends on numbers',
      model({
        inputs: [value('x'), { name: 's', elementType: 'int64', shape: [1] }],
        outputs: [value('y')],
        nodes: [node('Reshape', ['x', 's'], ['y'])],
      }),
      'Expected `shape` (input 1) to be constant.',
    ],
  ])('%s: one sentence with operator, node and opset', (_, unsupported, message) => {
    expect(() => prepareModel(unsupported)).toThrow(message);
  });
});
