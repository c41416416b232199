import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../src/checkpoints/open-checkpoint.js';
import { type Facts, readAll } from './read-all.js';

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url).pathname;
const expected = async (name: string): Promise<Record<string, Facts>> =>
  JSON.parse(await readFile(fixture(name), 'utf8')); // written by training/reference/checkpoint_fixtures.py

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(bytes: Uint8Array | string, name = 'weights.ckpt'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function readFixture(name: string): Promise<Record<string, Facts>> {
  const checkpoint = await openCheckpoint(fixture(name));
  try {
    return readAll(checkpoint);
  } finally {
    checkpoint.close();
  }
}

describe('openCheckpoint', () => {
  it.each([
    ['plain.pt', 'PyTorch zip'],
    ['protocol-4.pt', 'PyTorch zip'],
    ['no-checksums.pt', 'PyTorch zip'],
    ['deflated.pt', 'PyTorch zip'],
    ['around.zip', 'PyTorch zip'],
    ['legacy.pt', 'PyTorch (legacy)'],
    ['plain.safetensors', 'safetensors'],
  ])('reads tied, strided, expanded, empty, 0-dim and half tensors of %s', async (name, format) => {
    const checkpoint = await openCheckpoint(fixture(name));
    expect(checkpoint.format).toBe(format);
    expect(checkpoint.unreadable.size).toBe(0);
    checkpoint.close();
    expect(await readFixture(name)).toEqual(await expected('tensors.json'));
  });

  it("reads the weights in a trainer's file and leaves its objects alone", async () => {
    const found = await readFixture('lightning.ckpt');
    for (const [name, facts] of Object.entries(await expected('tensors.json'))) {
      expect(found[`state_dict.${name}`]).toEqual(facts);
    }
    expect(found['optimizer_states.0.state.0.exp_avg']?.values).toEqual([1, 1, 1]);
  });

  it.each([['script.pt'], ['module.pt']])("gives a module's names for %s", async (name) => {
    expect(await readFixture(name)).toEqual(await expected('network.json'));
  });

  it("joins the chunks and nested names of Flax's files", async () => {
    const { 'conv.weight': weight, half, brain, double, scalar, empty } = await expected('tensors.json');
    expect(await readFixture('flax_model.msgpack')).toEqual({
      'conv.weight': weight,
      half,
      brain,
      double,
      scalar,
      empty,
    });
  });

  it('reads weights that are spread over several files', async () => {
    await cp(fixture('plain.safetensors'), join(folder, 'one.safetensors'));
    await cp(fixture('plain.pt'), join(folder, 'two.bin'));
    const weight_map = { half: 'one.safetensors', scalar: 'two.bin' };
    const index = await written(JSON.stringify({ weight_map }), 'model.safetensors.index.json');
    const checkpoint = await openCheckpoint(index);
    const { half, scalar } = await expected('tensors.json');
    expect(readAll(checkpoint)).toEqual({ half, scalar });
    checkpoint.close();
  });

  it.each([
    ['a file elsewhere', { a: '../one.safetensors' }, /names a file that is not beside it: "..\/one/],
    [
      'a tensor that its file lacks',
      { a: 'one.safetensors' },
      /says that "a" is in one.safetensors, but it is not/,
    ],
    ['a missing file', { a: 'two.safetensors' }, /Expected a file to read at .*two.safetensors/],
    ['itself', { a: 'model.safetensors.index.json' }, /not beside it/],
  ])('refuses an index that names %s', async (_, weight_map, message) => {
    await cp(fixture('plain.safetensors'), join(folder, 'one.safetensors'));
    const index = await written(JSON.stringify({ weight_map }), 'model.safetensors.index.json');
    await expect(openCheckpoint(index)).rejects.toThrow(message);
  });
});

describe('what is not a checkpoint is named', () => {
  const pdf = '%PDF-1.7\n%âãÏÓ\n';
  it.each([
    ['a web page', '<!DOCTYPE html><html><body>Log in</body></html>', /a web page; the link has expired/],
    ['a page with blanks first', '\n\n  <HTML lang="de">', /a web page/],
    ['a configuration', '# the model\nmodel:\n  base_learning_rate: 4.5e-06\n', /a configuration in YAML/],
    ['JSON', '{"architectures": ["CLIPModel"]}', /no checkpoint but JSON/],
    [
      'a git-LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n',
      /a git-LFS pointer/,
    ],
    ['text', 'Not Found. Nothing to see here.', /no checkpoint but text/],
    ['an empty file', '', /no checkpoint but an empty file/],
    ['a document', pdf, /no checkpoint but a PDF document/],
    ['a gzip archive', Buffer.from('1f8b0800aaaaaaaa', 'hex'), /a gzip archive/],
    ['a tar archive', Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\0')]), /a tar archive/],
    ['a bare pickle', Buffer.from('80027d71002e', 'hex'), /a pickle, but not one that PyTorch saved/],
    ['noise', Buffer.from('0301f0ffeeddccbb', 'hex'), /got something else/],
  ])('%s', async (_, bytes, message) => {
    const path = await written(bytes);
    const error = await openCheckpoint(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
  });

  it('a folder, a missing file', async () => {
    await mkdir(join(folder, 'there'));
    await expect(openCheckpoint(join(folder, 'there'))).rejects.toThrow(/Expected a file at/);
    await expect(openCheckpoint(join(folder, 'nowhere'))).rejects.toThrow(/Expected a file to read at/);
  });

  it('a picture in a zip', async () => {
    const bytes = (await readFile(fixture('around.zip')))
      .toString('latin1')
      .replaceAll('model.ckpt', 'model.jpeg');
    await expect(openCheckpoint(await written(Buffer.from(bytes, 'latin1')))).rejects.toThrow(
      /a zip without a checkpoint in it: it holds "model.jpeg"/,
    );
  });

  it.each([
    ['plain.pt'],
    ['legacy.pt'],
    ['plain.safetensors'],
    ['flax_model.msgpack'],
    ['around.zip'],
    ['deflated.pt'],
  ])('a cut-off %s, wherever it is cut', async (name) => {
    const whole = await readFile(fixture(name));
    for (const length of [9, Math.floor(whole.length / 3), Math.floor(whole.length / 2), whole.length - 1]) {
      await expect(openCheckpoint(await written(whole.subarray(0, length)))).rejects.toMatchObject({
        name: 'UserError',
      });
    }
  });
});
