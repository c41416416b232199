import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { decodeModel } from '../../../src/onnx/codec/read-model.js';
import { ModelProtoSchema, type TensorProto } from '../../../src/onnx/generated/onnx_pb.js';
import { toNumbers } from '../../../src/onnx/tensor.js';

type Fields = Partial<Omit<TensorProto, '$typeName'>>;

/** A model that holds one initializer, written field by field as other programs do. */
function read(fields: Fields) {
  const bytes = toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ version: 18n }],
      graph: {
        name: 'g',
        initializer: [{ name: 'w', dims: [2n], ...fields }],
        output: [{ name: 'w' }],
      },
    }),
  );
  return decodeModel(bytes, { name: 'typed.onnx' }).graph.initializers.get('w');
}

describe('tensors in typed fields', () => {
  test.each<[string, Fields, readonly number[]]>([
    ['float32', { dataType: 1, floatData: [0.5, -1] }, [0.5, -1]],
    ['uint8', { dataType: 2, int32Data: [255, 1] }, [255, 1]],
    ['int8', { dataType: 3, int32Data: [-128, 1] }, [-128, 1]],
    ['uint16', { dataType: 4, int32Data: [65535, 1] }, [65535, 1]],
    ['int16', { dataType: 5, int32Data: [-5, 1] }, [-5, 1]],
    ['int32', { dataType: 6, int32Data: [-5, 1 << 30] }, [-5, 1 << 30]],
    ['int64', { dataType: 7, int64Data: [-5n, 1n] }, [-5, 1]],
    ['bool', { dataType: 9, int32Data: [1, 0] }, [1, 0]],
    ['float16', { dataType: 10, int32Data: [0x3c00, 0xc000] }, [0x3c00, 0xc000]],
    ['float64', { dataType: 11, doubleData: [0.1, 2] }, [0.1, 2]],
    ['uint32', { dataType: 12, uint64Data: [4294967295n, 1n] }, [4294967295, 1]],
    ['uint64', { dataType: 13, uint64Data: [5n, 1n] }, [5, 1]],
    ['bfloat16', { dataType: 16, int32Data: [0x3f80, 1] }, [0x3f80, 1]],
  ])('%s', (elementType, fields, expected) => {
    const tensor = read(fields);
    expect(tensor?.elementType).toBe(elementType);
    expect(tensor && toNumbers(tensor)).toEqual(expected);
  });

  test.each<[string, Fields, string]>([
    [
      'fewer numbers than the shape',
      { dataType: 1, floatData: [1] },
      'has 1 numbers where its shape needs 2',
    ],
    [
      'fewer bytes than the shape',
      { dataType: 1, rawData: new Uint8Array(7) },
      'has 7 bytes where its shape needs 8',
    ],
    [
      'a shape of petabytes',
      { dataType: 1, dims: [1n << 50n], floatData: [1] },
      'has 1 numbers where its shape needs',
    ],
    ['a shape beyond counting', { dataType: 1, dims: [1n << 40n, 1n << 40n] }, 'has the impossible shape'],
    ['a negative dimension', { dataType: 1, dims: [-2n], floatData: [1] }, 'has the impossible shape [-2]'],
    ['strings', { dataType: 8 }, 'has element type 8, which is not supported'],
    ['float8', { dataType: 17 }, 'has element type 17, which is not supported'],
  ])('%s: one sentence', (_, fields, reason) => {
    expect(() => read(fields)).toThrow(`Cannot use typed.onnx because initializer "w" ${reason}`);
  });
});
