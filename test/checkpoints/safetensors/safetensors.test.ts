import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float32, int64, type Tensor, tensor } from 'onnx-gradients/graph';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredTensor } from '../../../src/checkpoints/checkpoint.js';
import { openSafetensors } from '../../../src/checkpoints/safetensors/read-safetensors.js';
import { writeSafetensors } from '../../../src/checkpoints/safetensors/write-safetensors.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-safetensors-'));
  path = join(folder, 'weights.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

const stored = (value: Tensor): StoredTensor => ({ ...value, read: () => value });

/** A file with this header and that many bytes after it. */
async function writeRaw(header: unknown, dataBytes: number): Promise<void> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(path, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
}

const F32_PAIR = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

describe('safetensors', () => {
  it('come back as they were written, scalars, empty and half precision among them', async () => {
    const written = {
      'b.weight': float32([2, 3], [1, -2, 3.5, 4, Number.NaN, Number.NEGATIVE_INFINITY]),
      'a.half': tensor('float16', [3], Uint16Array.of(0x3c00, 0xc000, 1)),
      __proto__x: tensor('bfloat16', [1, 1], Uint16Array.of(0x3f80)),
      '10': int64([2], [-1, 2 ** 40]),
      scalar: float32([], [4.6052]),
      none: float32([0, 7], []),
      flags: tensor('bool', [3], Uint8Array.of(1, 0, 1)),
    };
    const tensors = new Map(Object.entries(written).map(([name, value]) => [name, stored(value)]));
    const { bytes, sha256 } = await writeSafetensors({ path, tensors, metadata: { source: 'here' } });
    expect((await readFile(path)).length).toBe(bytes);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const file = openSafetensors(path);
    expect(file.metadata).toEqual({ source: 'here' });
    expect(Object.fromEntries([...file.tensors].map(([name, found]) => [name, found.read()]))).toEqual(
      written,
    );
    file.close();
  });

  it('are the same bytes whatever order the tensors come in', async () => {
    const entries: [string, StoredTensor][] = ['z', 'a', 'm'].map((name) => [
      name,
      stored(float32([1], [1])),
    ]);
    const first = await writeSafetensors({ path, tensors: new Map(entries) });
    const second = await writeSafetensors({ path, tensors: new Map(entries.toReversed()) });
    expect(second).toEqual(first);
  });

  it('leave nothing behind when a tensor cannot be read', async () => {
    const bad: StoredTensor = {
      elementType: 'float32',
      shape: [1],
      read: () => {
        throw new Error('gone');
      },
    };
    await expect(writeSafetensors({ path, tensors: new Map([['bad', bad]]) })).rejects.toThrow('gone');
    expect(await readdir(folder)).toEqual([]);
  });

  it('with types that Easel does not know name them and offer the rest', async () => {
    await writeRaw({ a: F32_PAIR, b: { dtype: 'F8_E4M3', shape: [2], data_offsets: [8, 10] } }, 10);
    const file = openSafetensors(path);
    expect([...file.tensors.keys()]).toEqual(['a']);
    expect([...file.unreadable]).toEqual([['b', 'its element type F8_E4M3 is not supported']]);
    file.close();
  });

  it.each([
    ['a cut-off file', { a: F32_PAIR }, 7, /cut off: its tensors need 1 bytes more/],
    ['bytes after the end', { a: F32_PAIR }, 9, /1 bytes after its last tensor/],
    ['overlaps', { a: F32_PAIR, b: { ...F32_PAIR, data_offsets: [4, 12] } }, 12, /overlap or leave holes/],
    ['holes', { a: { ...F32_PAIR, data_offsets: [4, 12] } }, 12, /overlap or leave holes at byte 0/],
    ['two names for one place', { a: F32_PAIR, b: F32_PAIR }, 8, /overlap/],
    ['a shape that its bytes do not fill', { a: { ...F32_PAIR, shape: [3] } }, 8, /needs 12 bytes but has 8/],
    ['a shape beyond all memory', { a: { ...F32_PAIR, shape: [2 ** 50, 2 ** 50] } }, 8, /but has 8/],
    ['negative offsets', { a: { ...F32_PAIR, data_offsets: [-8, 0] } }, 8, /not a tensor's/],
    ['a list for a table', [1], 0, /not a whole safetensors file/],
    ['no JSON', '{"a": ', 0, /header is not JSON/],
  ])('with %s are refused in one sentence', async (_, header, dataBytes, message) => {
    await writeRaw(header, dataBytes);
    expect(() => openSafetensors(path)).toThrow(message);
  });

  it('with a header longer than the file are refused without reading it', async () => {
    await writeFile(path, Buffer.from('ffffff0000000000', 'hex'));
    expect(() => openSafetensors(path)).toThrow('its header is cut off');
    await writeFile(path, Buffer.from('ffffffffffffffff', 'hex'));
    expect(() => openSafetensors(path)).toThrow(/its header would have/);
  });
});
