import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { decodeModel } from '../../../src/onnx/codec/read-model.js';
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  TypeProtoSchema,
} from '../../../src/onnx/generated/onnx_pb.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { float32 } from '../../../src/onnx/tensor.js';
import { runGraph } from '../../support/run-graph.js';

const floats = () =>
  create(TypeProtoSchema, {
    value: {
      case: 'tensorType',
      value: { elemType: 1, shape: { dim: [{ value: { case: 'dimValue', value: 2n } }] } },
    },
  });

/** y = leak(leak(x, 0.5)) with leak(x; slope = 0.1) = LeakyRelu(Neg(x)), in a domain of its own. */
const leaking = (opset: bigint): MessageInitShape<typeof ModelProtoSchema> => ({
  irVersion: 8n,
  opsetImport: [{ version: 18n }, { domain: 'own', version: 1n }],
  functions: [
    {
      name: 'leak',
      domain: 'own',
      input: ['x'],
      output: ['y'],
      opsetImport: [{ version: opset }],
      attributeProto: [{ name: 'slope', type: Kind.FLOAT, f: 0.1 }],
      node: [
        { opType: 'Neg', input: ['x'], output: ['t'] },
        {
          opType: 'LeakyRelu',
          input: ['t'],
          output: ['y'],
          attribute: [{ name: 'alpha', type: Kind.FLOAT, refAttrName: 'slope' }],
        },
      ],
    },
  ],
  graph: {
    name: 'g',
    input: [{ name: 'x', type: floats() }],
    output: [{ name: 'y', type: floats() }],
    node: [
      {
        opType: 'leak',
        domain: 'own',
        input: ['x'],
        output: ['t'],
        attribute: [{ name: 'slope', type: Kind.FLOAT, f: 0.5 }],
      },
      { opType: 'leak', domain: 'own', input: ['t'], output: ['y'] },
    ],
  },
});

const bytesOf = (proto: MessageInitShape<typeof ModelProtoSchema>) =>
  toBinary(ModelProtoSchema, create(ModelProtoSchema, proto));

describe('functions of a model', () => {
  test('become their nodes, with names of their own and attributes from the call or the default', () => {
    const { graph } = decodeModel(bytesOf(leaking(18n)), { name: 'm' });
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Neg', 'LeakyRelu', 'Neg', 'LeakyRelu']);
    const slopes = graph.nodes.flatMap(({ attributes }) =>
      attributes['alpha'] ? [attributes['alpha'].value] : [],
    );
    expect(slopes).toEqual([0.5, Math.fround(0.1)]);
  });

  test('compute what they say', async () => {
    const prepared = prepareModel(decodeModel(bytesOf(leaking(18n)), { name: 'm' }));
    const { y } = await runGraph(prepared, { x: float32([2], [1, -2]) });
    // x = 1: −1 → −0.5, then 0.5; x = −2: 2, then −2 → −0.2.
    expect(y).toEqual(float32([2], [0.5, -2 * Math.fround(0.1)]));
  });

  test('written in another opset than the model are refused by name', () => {
    expect(() => decodeModel(bytesOf(leaking(13n)), { name: 'm' })).toThrow(
      'function leak is written in opset 13 while the model is in opset 18',
    );
  });
});
