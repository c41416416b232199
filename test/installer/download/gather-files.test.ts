import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatherFiles, namesOf } from '../../../src/installer/download/gather-files.js';
import { type Network, openNetwork } from '../../../src/installer/download/open-network.js';
import type { PublishedFile } from '../../../src/installer/download/published-file.js';
import { type FaultyServer, serving, startServer } from './faulty-server.js';

const BYTES = Buffer.from('the weights of a model, more or less');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

let folder: string;
let fromDir: string;
let dataDir: string;
let network: Network;
let server: FaultyServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-gather-'));
  fromDir = join(folder, 'stick');
  dataDir = join(folder, 'data');
  await mkdir(fromDir);
  network = openNetwork();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await network.close();
  await rm(folder, { recursive: true });
});

const file = (more: Partial<PublishedFile> = {}): PublishedFile => ({
  name: 'imagenet.ckpt',
  urls: [
    'https://example.org/d/1/files/?p=%2Fckpts%2Flast.ckpt&dl=1',
    'https://example.org/vqgan/weights.ckpt',
  ],
  bytes: BYTES.length,
  sha256: SHA256,
  ...more,
});

const gather = (files: readonly PublishedFile[], from?: string) =>
  gatherFiles({
    files,
    dataDir,
    network,
    fromDir: from,
    signal: new AbortController().signal,
    wait: async () => undefined,
  });

describe('files from a folder', () => {
  it.each([['imagenet.ckpt'], ['last.ckpt'], ['weights.ckpt']])(
    'are found under the name %s',
    async (name) => {
      await writeFile(join(fromDir, name), BYTES);
      const gathered = await gather([file()], fromDir);
      expect(gathered.pathOf('imagenet.ckpt')).toBe(join(fromDir, name));
      expect(gathered.downloaded).toEqual([]);
    },
  );

  it('are taken by what they hold where two could be meant', async () => {
    await writeFile(join(fromDir, 'last.ckpt'), 'another model');
    await writeFile(join(fromDir, 'weights.ckpt'), BYTES);
    expect((await gather([file()], fromDir)).pathOf('imagenet.ckpt')).toBe(join(fromDir, 'weights.ckpt'));
  });

  it('are refused where they hold something else', async () => {
    await writeFile(join(fromDir, 'last.ckpt'), 'short');
    await writeFile(
      join(fromDir, 'weights.ckpt'),
      BYTES.map((byte) => byte ^ 1),
    );
    await expect(gather([file()], fromDir)).rejects.toThrow(
      /another file for imagenet.ckpt: last.ckpt has 5 bytes instead of 36, weights.ckpt has another sha256/,
    );
  });

  it('that are missing are all named, with where they can be had', async () => {
    const second = file({ name: 'model.yaml', urls: ['https://example.org/model.yaml'] });
    await expect(gather([file(), second], fromDir)).rejects.toThrow(
      /lacks imagenet.ckpt \(https:\/\/example.org\/d\/1.*\), model.yaml \(https:\/\/example.org\/model.yaml\)/,
    );
  });

  it('in a folder that is not there are asked for', async () => {
    await expect(gather([file()], join(folder, 'nowhere'))).rejects.toThrow(
      /Expected a folder with the files/,
    );
  });
});

describe('files from the network', () => {
  it('come once', async () => {
    server = await startServer({ '/w.ckpt': serving(BYTES) });
    const published = file({ urls: [`${server.origin}/w.ckpt`] });
    const first = await gather([published]);
    expect(first.downloaded).toEqual([join(dataDir, 'downloads', 'imagenet.ckpt')]);
    await gather([published]);
    expect(server.asked).toEqual(['GET /w.ckpt']);
  });

  it('of unknown hash are held to what they were the first time', async () => {
    server = await startServer({ '/w.ckpt': serving(BYTES) });
    const published = file({ urls: [`${server.origin}/w.ckpt`], bytes: undefined, sha256: undefined });
    const { downloaded } = await gather([published]);
    for (const path of downloaded) await rm(path);
    await server.close();
    server = await startServer({ '/w.ckpt': serving(Buffer.from('the weights of a model, mostly moved')) });
    await expect(gather([{ ...published, urls: [`${server.origin}/w.ckpt`] }])).rejects.toThrow(
      /another file of that name/,
    );
    expect(await readdir(join(dataDir, 'downloads'))).toEqual(['pins.json']);
  });
});

it('a file may lie under every name that its addresses give it', () => {
  expect(namesOf(file())).toEqual(['imagenet.ckpt', 'last.ckpt', 'weights.ckpt']);
});
