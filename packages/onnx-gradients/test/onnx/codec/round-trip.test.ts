import { describe, expect, test } from 'vitest';
import { float, int, ints, string } from '../../../src/onnx/builder.js';
import { decodeModel } from '../../../src/onnx/codec/read-model.js';
import { encodeModel } from '../../../src/onnx/codec/write-model.js';
import { ELEMENT_TYPE_NUMBERS, type ElementType, TYPED_ARRAYS } from '../../../src/onnx/element-type.js';
import { castTensor } from '../../../src/onnx/fold/cast.js';
import { float32, int64 } from '../../../src/onnx/tensor.js';
import { graph, model, node, value } from '../support/models.js';

const back = (written: ReturnType<typeof model>) => decodeModel(encodeModel(written), { name: 'bytes' });

describe('a model that is written and read again', () => {
  test('keeps its inputs, outputs, nodes, metadata and opsets', () => {
    const original = {
      ...model({
        inputs: [value('x', ['batch', 3, null]), { name: 'ids', elementType: 'int64', shape: [] }],
        outputs: [{ name: 'y', elementType: 'float32' }, value('y2', []), { name: 'x' }],
        nodes: [
          node('Relu', ['x'], ['y']),
          { ...node('Op', ['', 'x', 'ids'], ['', 'y2']), name: 'op', domain: 'other' },
        ],
      }),
      opsets: { '': 17, other: 3 },
      metadata: { key: 'wërt', '': 'empty key' },
    };
    const { valueInfo, ...read } = back(original).graph;
    expect(valueInfo).toEqual(new Map());
    expect(read).toEqual(original.graph);
    expect(back(original)).toMatchObject({ opsets: original.opsets, metadata: original.metadata });
  });

  test('keeps attributes of every kind, int64 ends included', () => {
    const attributes = {
      int: int(-7),
      largest: int(Number.MAX_SAFE_INTEGER),
      float: float(0.5),
      string: string('linear · ü'),
      tensor: { kind: 'tensor', value: int64([2], [1, -2]) },
      ints: ints([0, -1, 2]),
      floats: { kind: 'floats', value: [0.25, -1] },
      strings: { kind: 'strings', value: ['a', ''] },
      graph: {
        kind: 'graph',
        value: graph({ outputs: [{ name: 'x' }], valueInfo: new Map() }),
      },
      none: ints([]),
    } as const;
    const read = back(
      model({ inputs: [value('x')], outputs: [value('y')], nodes: [node('Op', ['x'], ['y'], attributes)] }),
    );
    expect(read.graph.nodes[0]?.attributes).toEqual(attributes);
  });

  test('writes "to the end", which is no double, as the largest int64', () => {
    const bytes = encodeModel(
      model({
        inputs: [value('x')],
        outputs: [value('y')],
        nodes: [node('Op', ['x'], ['y'], { a: int(2 ** 63), b: int(-(2 ** 63)) })],
      }),
    );
    const { attributes } = decodeModel(bytes, { name: 'bytes' }).graph.nodes[0] ?? {};
    expect(attributes).toEqual({ a: int(2n ** 63n - 1n), b: int(-(2n ** 63n)) });
    expect(encodeModel(decodeModel(bytes, { name: 'bytes' }))).toEqual(bytes);
  });

  test.each(Object.keys(ELEMENT_TYPE_NUMBERS) as ElementType[])(
    'keeps a %s tensor bit for bit',
    (elementType) => {
      const tensor = castTensor(float32([2, 3], [0, 1, 2, 3, 100, 255]), elementType);
      const odd = castTensor(float32([1], [1]), 'uint8');
      const read = back(
        model({
          outputs: [value('w')],
          initializers: new Map([
            ['odd', odd],
            ['w', tensor],
          ]),
        }),
      );
      const got = read.graph.initializers.get('w');
      expect(got).toEqual(tensor);
      expect(got?.data).toBeInstanceOf(TYPED_ARRAYS[elementType]);
    },
  );

  test('keeps scalars and empty tensors apart', () => {
    const initializers = new Map([
      ['scalar', float32([], [3])],
      ['empty', float32([0, 4], [])],
    ]);
    const read = back(model({ outputs: [value('scalar', [])], initializers }));
    expect(read.graph.initializers).toEqual(initializers);
  });
});
