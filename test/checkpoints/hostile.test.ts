import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSource } from '../../src/checkpoints/byte-source.js';
import { openCheckpoint } from '../../src/checkpoints/open-checkpoint.js';
import { readZip } from '../../src/checkpoints/zip-archive.js';
import { writeZip, type ZipPart } from '../support/write-zip.js';
import { readAll } from './read-all.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-hostile-'));
  path = join(folder, 'weights.ckpt');
});
afterEach(() => rm(folder, { recursive: true }));

/** Text as a pickle's opcode X. */
const text = (value: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from('X'), length, Buffer.from(value)]);
};
const code = (value: string) => Buffer.from(value, 'latin1');
const FLOATS = 'ctorch\nFloatStorage\n';

/** {'w': tensor} over storage 0 of `elements` floats, all numbers as lines of text. */
function pickleOf(tensor: {
  elements?: number;
  offset?: number;
  shape: number[];
  strides: number[];
}): Buffer {
  const { elements = 4, offset = 0, shape, strides } = tensor;
  const tuple = (numbers: number[]) => `(${numbers.map((number) => `I${number}\n`).join('')}t`;
  return Buffer.concat([
    code('}'),
    text('w'),
    code('ctorch._utils\n_rebuild_tensor_v2\n(('),
    text('storage'),
    code(FLOATS),
    text('0'),
    text('cpu'),
    code(`I${elements}\ntQI${offset}\n${tuple(shape)}${tuple(strides)}I00\nNtRs.`),
  ]);
}

const NUMBERS = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);

async function checkpointOf(pickle: Uint8Array, more: readonly ZipPart[] = []): Promise<void> {
  const parts = more.length > 0 ? more : [{ name: 'a/data/0', data: NUMBERS }];
  await writeFile(path, writeZip([{ name: 'a/data.pkl', data: pickle }, ...parts]));
}

async function readWhole(): Promise<unknown> {
  const checkpoint = await openCheckpoint(path);
  try {
    return readAll(checkpoint);
  } finally {
    checkpoint.close();
  }
}

const refusal = (message: RegExp) =>
  expect(readWhole()).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });

describe('tensors that reach beyond their storage', () => {
  it('are the exception: the same tensor within it is read', async () => {
    await checkpointOf(pickleOf({ shape: [2, 2], strides: [1, 2] }));
    expect(await readWhole()).toMatchObject({ w: { values: [1, 3, 2, 4] } });
  });

  it.each([
    [
      'by their offset',
      { offset: 3, shape: [2], strides: [1] },
      /"w" cannot be read: it reaches beyond the end/,
    ],
    ['by their strides', { shape: [2, 2], strides: [3, 2] }, /reaches beyond the end of its storage/],
    [
      'by a shape past all numbers',
      { shape: [2 ** 50, 2 ** 50], strides: [2 ** 50, 1] },
      /reaches beyond the end/,
    ],
    [
      'because the storage is shorter than it says',
      { elements: 400, shape: [400], strides: [1] },
      /should have 1600 bytes and has 16/,
    ],
    [
      'by repeating one element a billion times',
      { shape: [2 ** 30], strides: [0] },
      /a view that spreads over far more/,
    ],
  ])('%s are refused', async (_, tensor, message) => {
    await checkpointOf(pickleOf(tensor));
    await refusal(message);
  });

  it.each([
    ['negative', { shape: [2], strides: [-1] }],
    ['missing', { shape: [2, 2], strides: [1] }],
  ])('with %s strides are no tensors', async (_, tensor) => {
    await checkpointOf(pickleOf(tensor));
    const { tensors, unreadable, close } = await openCheckpoint(path);
    expect(tensors.size).toBe(0);
    expect(unreadable.get('w')).toMatch(/_rebuild_tensor_v2/);
    close();
  });
});

describe('pickles that would run something', () => {
  it.each([
    ['a shell', code('cos\nsystem\n(S"touch pwned"\ntR.')],
    ['an import by state', code('cbuiltins\neval\n(S"1"\ntR}S"a"\nI1\nsb.')],
    ['an object by the old way', code('(S"touch pwned"\nios\nsystem\n.')],
  ])('make an inert placeholder of %s', async (_, pickle) => {
    await checkpointOf(Buffer.concat([code('}'), text('x'), pickle.subarray(0, -1), code('s.')]));
    const checkpoint = await openCheckpoint(path);
    expect(checkpoint.tensors.size).toBe(0);
    checkpoint.close();
  });
});

describe('pickles that no pickler writes', () => {
  const laughs = () => {
    // Ten lists, each holding the one before ten times, the last one wanted: 10¹⁰ leaves.
    const levels = Array.from({ length: 10 }, (_, level) =>
      code(`](${`h${String.fromCharCode(level)}`.repeat(10)}eq${String.fromCharCode(level + 1)}0`),
    );
    return Buffer.concat([code(']q\x00(Neq\x000'), ...levels, code('h\x0a.')]);
  };
  it.each([
    ['take what was never made', code('R.'), /takes values that it never made/],
    ['close what was never opened', code('t.'), /closes a group that it never opened/],
    ['recall what was never kept', code('h\x07.'), /recalls a value that it never kept/],
    ['have unknown codes', code('\x05.'), /no meaning at byte 0/],
    ['do not end', code('N'), /ends in the middle/],
    ['promise a text beyond the end', code('X\xff\xff\xff\x7fabc'), /ends in the middle/],
    ['promise bytes past all numbers', code('\x8e\xff\xff\xff\xff\xff\xff\xff\xff'), /ends in the middle/],
    ['hold a number of a million digits', code('\x8b\x00\x00\x10\x00'), /a number of 1048576 bytes/],
    ['repeat themselves without end', laughs(), /repeats itself more than any real one/],
    ['make millions of values', Buffer.alloc(4_000_000, 'N'), /makes more than 3000000 values/],
    [
      'copy a long list for ever',
      Buffer.concat([
        code(']('),
        Buffer.alloc(2000, 'N'),
        code('eq\x00'),
        Buffer.from('cbuiltins\nlist\n(h\x00tR'.repeat(2000)),
        code('.'),
      ]),
      /makes more than 3000000 values/,
    ],
    ['open groups without end', Buffer.alloc(3_100_000, '('), /makes more than 3000000 values/],
  ])('and %s are refused', async (_, pickle, message) => {
    await checkpointOf(pickle);
    await refusal(message);
  });

  it('but hold themselves are read', async () => {
    // d = {'w': tensor, 'self': d}
    const within = pickleOf({ shape: [4], strides: [1] });
    await checkpointOf(
      Buffer.concat([code('}q\x01'), within.subarray(1, -1), text('self'), code('h\x01s.')]),
    );
    expect(Object.keys(Object(await readWhole()))).toEqual(['w']);
  });
});

describe('archives that lie', () => {
  const pickle = pickleOf({ shape: [4], strides: [1] });
  const storage = (part: Partial<ZipPart>) =>
    checkpointOf(pickle, [{ name: 'a/data/0', data: NUMBERS, ...part }]);

  it.each([
    ['about a checksum', { claims: { crc32: 7 } }, /a\/data\/0 is damaged: its checksum/],
    [
      'about the size of what is stored',
      { claims: { size: 2 ** 31 } },
      /damaged or cut-off zip: .*beyond|overflow/,
    ],
    ['about the size of what is packed', { deflated: true, claims: { size: 17 } }, /a\/data\/0 is damaged/],
    ['by overlapping', { claims: { start: 0 } }, /overlaps another/],
    [
      'by a way out of the folder',
      { name: '../../etc/passwd' },
      /damaged or cut-off zip: invalid relative path/,
    ],
    ['by an absolute path', { name: '/etc/passwd' }, /damaged or cut-off zip: absolute path/],
    ['by a second entry of a name', { name: 'a/data.pkl' }, /two entries "a\/data.pkl"/],
    ['by leaving the numbers out', { name: 'a/data/1' }, /lacks its entry "a\/data\/0"/],
  ])('%s are refused', async (_, part, message) => {
    await storage(part);
    await refusal(message);
  });

  it('by unpacking to far more than they promise are refused at the promise', async () => {
    await storage({ data: new Uint8Array(50_000_000), deflated: true, claims: { size: 16 } });
    await refusal(/a\/data\/0 is damaged/);
  });

  it('around a checkpoint that would fill the disk are refused before a byte is written', async () => {
    await writeFile(
      path,
      writeZip([{ name: 'model.ckpt', data: new Uint8Array(5_000_000), deflated: true }]),
    );
    await refusal(/would unpack to 5000000 bytes, more than weights ever do/);
  });

  it('by nesting archives in archives are refused', async () => {
    let inner: Uint8Array = new Uint8Array(10);
    for (let depth = 0; depth < 5; depth += 1) inner = writeZip([{ name: 'model.ckpt', data: inner }]);
    await writeFile(path, inner);
    await refusal(/a zip without a checkpoint in it/);
  });

  it('about nothing are read, with 64-bit sizes too', async () => {
    const parts = [
      { name: 'a/data.pkl', data: pickle },
      { name: 'a/data/0', data: NUMBERS },
    ];
    await writeFile(path, writeZip(parts, { zip64: true }));
    expect(await readWhole()).toMatchObject({ w: { values: [1, 2, 3, 4] } });
  });
});

describe('archives of more than 4 GiB', () => {
  it('are read where their entries lie', async () => {
    // Five gigabytes that take no room on the disk: a hole, then an archive whose table counts from the hole.
    const hole = 5 * 2 ** 30;
    const zip = writeZip([{ name: 'far', data: NUMBERS, claims: { start: hole } }], { zip64: true });
    const moved = Buffer.from(zip);
    const end = moved.length - 22;
    const wide = end - 20 - 56;
    moved.writeBigUInt64LE(moved.readBigUInt64LE(wide + 48) + BigInt(hole), wide + 48);
    moved.writeBigUInt64LE(BigInt(hole + wide), end - 20 + 8);
    const file = await open(path, 'w');
    await file.write(moved, 0, moved.length, hole);
    await file.close();
    const source = openFileSource(path);
    const { entries } = await readZip(source);
    const far = entries.get('far');
    expect(far?.position).toBeGreaterThan(hole);
    expect(source.read(far?.position ?? 0, 16)).toEqual(NUMBERS);
    source.close();
  });
});

it('a legacy file that promises more than it has is called cut off', async () => {
  const bytes = await readFile(new URL('fixtures/legacy.pt', import.meta.url));
  await writeFile(path, bytes.subarray(0, bytes.length - 3));
  await refusal(/is cut off: its last storages are missing/);
});
