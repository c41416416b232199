import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeModel, readModel } from '../../../src/onnx/codec/read-model.js';
import { encodeModel, writeModel, writeModels } from '../../../src/onnx/codec/write-model.js';
import { ModelProtoSchema, TensorProto_DataLocation } from '../../../src/onnx/generated/onnx_pb.js';
import type { Model } from '../../../src/onnx/graph.js';
import { ModelError } from '../../../src/onnx/model-error.js';
import { float32, type Tensor } from '../../../src/onnx/tensor.js';
import { model, node, value } from '../support/models.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-onnx-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const weight = (seed: number): Tensor =>
  float32(
    [512],
    Float32Array.from({ length: 512 }, (_, i) => Math.sin(i * seed)),
  );

/** y = x · (first + second), with both weights as initializers. */
function weighted(first: Tensor, second: Tensor): Model {
  return model({
    inputs: [value('x', [512])],
    outputs: [value('y', [512])],
    initializers: new Map([
      ['first', first],
      ['second', second],
    ]),
    nodes: [node('Add', ['first', 'second'], ['sum']), node('Mul', ['x', 'sum'], ['y'])],
  });
}

describe('weights beside the model', () => {
  test('come back as they were, and ONNX Runtime reads them', async () => {
    const original = weighted(weight(1), weight(2));
    writeModel(join(folder, 'm.onnx'), original, { weightsFile: 'm.bin' });
    expect(readModel(join(folder, 'm.onnx')).graph.initializers).toEqual(original.graph.initializers);
    expect(statSync(join(folder, 'm.onnx')).size).toBeLessThan(1000);
    const session = await InferenceSession.create(join(folder, 'm.onnx'));
    const { y } = await session.run({ x: new OrtTensor('float32', new Float32Array(512).fill(2), [512]) });
    expect(Number(y?.data[3])).toBeCloseTo(2 * (Math.sin(3) + Math.sin(6)), 6);
    await session.release();
  });

  test('are stored once for several models, whatever tensors hold them', () => {
    const copy = { ...weight(1), data: weight(1).data.slice() };
    const models = { 'a.onnx': weighted(weight(1), weight(2)), 'b.onnx': weighted(copy, weight(3)) };
    const { weights: file } = writeModels(folder, models);
    // Three distinct weights of 2048 bytes, each on its own page.
    expect(statSync(join(folder, file)).size).toBe(2 * 4096 + 2048);
    for (const [name, { graph }] of Object.entries(models)) {
      expect(readModel(join(folder, name)).graph.initializers).toEqual(graph.initializers);
    }
  });

  test('are there without being asked for where one file cannot hold them', () => {
    const path = join(folder, 'large.onnx');
    const { weights } = writeModel(path, weighted(weight(1), weight(2)), { mostInOneFile: 4095 });
    expect(readdirSync(folder).sort()).toEqual(['large.onnx', weights].sort());
    expect(readModel(path).graph.initializers.get('second')?.data).toEqual(weight(2).data);
    expect(writeModel(path, weighted(weight(1), weight(2)), { mostInOneFile: 4096 }).weights).toBe('');
  });

  test('start on pages, so that they can be mapped', () => {
    writeModels(folder, { 'a.onnx': weighted(weight(1), weight(2)) }, { weightsFile: 'w.bin' });
    const shifted = model({
      outputs: [value('first', [512])],
      initializers: new Map([['first', weight(2)]]),
    });
    const bytes = encodeModel(shifted, () => ({ location: 'w.bin', offset: 4096, length: 2048 }));
    expect(decodeModel(bytes, { name: 'm', folder }).graph.initializers.get('first')).toEqual(weight(2));
  });

  test('written again with the same content keep their file; other content gets another', () => {
    const { weights: first } = writeModels(folder, { 'a.onnx': weighted(weight(1), weight(2)) });
    utimesSync(join(folder, first), 1, 1);
    expect(writeModels(folder, { 'b.onnx': weighted(weight(1), weight(2)) }).weights).toBe(first);
    expect(statSync(join(folder, first)).mtimeMs).toBe(1000);
    expect(writeModels(folder, { 'c.onnx': weighted(weight(1), weight(4)) }).weights).not.toBe(first);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('small ones stay in the model, and without large ones there is no file', () => {
    const models = { 'a.onnx': weighted(weight(1), weight(2)) };
    expect(writeModels(folder, models, { thresholdBytes: 4096 }).weights).toBe('');
    expect(readdirSync(folder)).toEqual(['a.onnx']);
  });

  test('a failed write leaves nothing behind', () => {
    mkdirSync(join(folder, 'm.onnx'));
    expect(() => writeModel(join(folder, 'm.onnx'), weighted(weight(1), weight(2)))).toThrow();
    expect(readdirSync(folder)).toEqual(['m.onnx']);
  });
});

/** A model whose one initializer of two floats refers to external data as told. */
function referring(entries: Readonly<Record<string, string>>, copies = 1): Uint8Array {
  const initializer = Array.from({ length: copies }, (_, i) => ({
    name: `w${i}`,
    dims: [2n],
    dataType: 1,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, text]) => ({
      key,
      value: key === 'offset' ? String(Number(text) + i) : text,
    })),
  }));
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      opsetImport: [{ version: 18n }],
      graph: { initializer, output: [{ name: 'w0' }] },
    }),
  );
}

const reading = (entries: Readonly<Record<string, string>>, copies?: number) => () =>
  decodeModel(referring(entries, copies), { name: 'm.onnx', folder: join(folder, 'model') });

describe('external data that a stranger wrote', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'model'));
    writeFileSync(join(folder, 'secret.bin'), new Uint8Array(64));
    writeFileSync(join(folder, 'model', 'w.bin'), new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
  });

  test('is read where offset and length fit', () => {
    const read = reading({ location: 'w.bin', offset: '4', length: '8' })();
    expect(read.graph.initializers.get('w0')).toEqual(float32([2], [2, 3]));
  });

  test.each([
    ['a path upwards', '../secret.bin'],
    ['a path upwards in the middle', 'x/../../secret.bin'],
    ['a backslash upwards', '..\\secret.bin'],
    ['an absolute path', '/etc/passwd'],
    ['no path', ''],
    ['a zero byte', 'w.bin\0'],
  ])('%s is refused', (_, location) => {
    expect(reading({ location })).toThrow(ModelError);
    expect(reading({ location })).toThrow("outside the model's folder");
  });

  test('a link out of the folder is refused', () => {
    symlinkSync(join(folder, 'secret.bin'), join(folder, 'model', 'link.bin'));
    expect(reading({ location: 'link.bin' })).toThrow("outside the model's folder");
  });

  test.each([
    ['beyond the end', { location: 'w.bin', offset: '12' }, 'needs bytes 12 to 20 of "w.bin", which has 16'],
    [
      'of another length',
      { location: 'w.bin', length: '4' },
      'has 4 bytes of external data where its shape needs 8',
    ],
    ['at a negative offset', { location: 'w.bin', offset: '-4' }, 'has the external offset "-4"'],
    ['at an absurd offset', { location: 'w.bin', offset: '9'.repeat(20) }, 'has the external offset "1000'],
    ['in a missing file', { location: 'no.bin' }, 'refers to external data "no.bin", which is not there'],
    ['in a folder', { location: '.' }, 'refers to external data ".", which is no file'],
  ])('a region %s is refused in one sentence', (_, entries, reason) => {
    expect(reading(entries)).toThrow(`Cannot use m.onnx because initializer "w0" ${reason}`);
  });

  test('is read from beyond the first two gigabytes', () => {
    const [path, offset] = [join(folder, 'model', 'large.bin'), 3 * 2 ** 30];
    // Nothing but the end takes room on the disk.
    const descriptor = openSync(path, 'w');
    writeSync(descriptor, new Uint8Array(Float32Array.of(5, 6).buffer), 0, 8, offset);
    closeSync(descriptor);
    const read = reading({ location: 'large.bin', offset: String(offset), length: '8' })();
    expect(read.graph.initializers.get('w0')).toEqual(float32([2], [5, 6]));
  });

  test('a pipe is refused, be it the data or the model: nobody waits for who writes to it', () => {
    const [data, whole] = [join(folder, 'model', 'pipe.bin'), join(folder, 'model', 'pipe.onnx')];
    execFileSync('mkfifo', [data, whole]);
    expect(reading({ location: 'pipe.bin' })).toThrow('refers to external data "pipe.bin", which is no file');
    expect(() => readModel(whole)).toThrow(`Cannot read ${whole} because it is no file.`);
  });

  test('a device is refused', () => {
    expect(() => readModel('/dev/zero')).toThrow('Cannot read /dev/zero because it is no file.');
  });

  test('regions that overlap again and again are refused before they fill the memory', () => {
    expect(reading({ location: 'w.bin', offset: '0' }, 9)).toThrow('overlaps other tensors');
  });

  test('bytes without a folder have no external data', () => {
    expect(() => decodeModel(referring({ location: 'w.bin' }), { name: 'm' })).toThrow(
      'came without a folder',
    );
  });
});
