import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FetchFileOptions, fetchFile } from '../../../src/installer/download/fetch-file.js';
import { type Network, openNetwork } from '../../../src/installer/download/open-network.js';
import { type Answering, breakingAfter, type FaultyServer, serving, startServer } from './faulty-server.js';

const BYTES = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const KNOWN = { bytes: BYTES.length, sha256: SHA256 };

let folder: string;
let path: string;
let network: Network;
let server: FaultyServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-download-'));
  path = join(folder, 'weights.ckpt');
  network = openNetwork();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
  await network.close();
  await rm(folder, { recursive: true });
});

const page: Answering = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
const refusing =
  (status: number, headers = {}): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end();
/** The first answers in turn, then the last one for ever. */
const inTurn =
  (...answers: readonly Answering[]): Answering =>
  (request, response, turn) =>
    answers[Math.min(turn, answers.length - 1)]?.(request, response, turn);

async function fetch(
  paths: Readonly<Record<string, Answering>>,
  more: Partial<FetchFileOptions> & { readonly known?: Partial<typeof KNOWN> } = {},
) {
  server = await startServer(paths);
  const { origin } = server;
  const { bytes, sha256 } = more.known ?? KNOWN;
  return fetchFile({
    file: { name: 'weights.ckpt', urls: Object.keys(paths).map((each) => origin + each), bytes, sha256 },
    path,
    network,
    signal: new AbortController().signal,
    wait: async () => undefined,
    ...more,
  });
}

const isWhole = async () => expect((await readFile(path)).equals(BYTES)).toBe(true);

describe('a download', () => {
  it('comes whole, with its progress, by GET alone', async () => {
    const seen: number[] = [];
    const found = await fetch({ '/a': serving(BYTES) }, { onProgress: (bytes) => seen.push(bytes) });
    expect(found).toEqual(KNOWN);
    expect(seen.at(-1)).toBe(BYTES.length);
    expect(server?.asked).toEqual(['GET /a']);
    expect(await readdir(folder)).toEqual(['weights.ckpt']);
    await isWhole();
  });

  it('of unknown size and hash comes whole and says what they are', async () => {
    expect(await fetch({ '/a': serving(BYTES) }, { known: {} })).toEqual(KNOWN);
  });

  it('goes on where the line broke, each time', async () => {
    await fetch({ '/a': breakingAfter(BYTES, 30_000) });
    expect(server?.asked).toEqual([
      'GET /a',
      'GET /a bytes=30000-',
      'GET /a bytes=60000-',
      'GET /a bytes=90000-',
    ]);
    await isWhole();
  });

  it('of unknown hash goes on only with the same version of the file', async () => {
    await fetch({ '/a': inTurn(breakingAfter(BYTES, 40_000), serving(BYTES)) }, { known: {} });
    expect(server?.asked).toEqual(['GET /a', 'GET /a bytes=40000-']);
    await isWhole();
  });

  it('goes on where an earlier program stopped', async () => {
    await writeFile(`${path}.part`, BYTES.subarray(0, 70_000));
    await fetch({ '/a': serving(BYTES) });
    expect(server?.asked).toEqual(['GET /a bytes=70000-']);
    await isWhole();
  });

  it('of unknown hash begins anew after an earlier program stopped', async () => {
    await writeFile(`${path}.part`, new Uint8Array(70_000));
    await fetch({ '/a': serving(BYTES) }, { known: {} });
    expect(server?.asked).toEqual(['GET /a']);
    await isWhole();
  });

  it('begins anew where a server knows no ranges', async () => {
    await writeFile(`${path}.part`, BYTES.subarray(0, 70_000));
    const whole: Answering = (_, response) =>
      response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
    await fetch({ '/a': whole });
    await isWhole();
  });

  it('begins anew where a server answers another range', async () => {
    await writeFile(`${path}.part`, BYTES.subarray(0, 70_000));
    const other = refusing(206, { 'content-range': `bytes 5-99999/${BYTES.length}` });
    await fetch({ '/a': inTurn(other, serving(BYTES)) });
    await isWhole();
  });

  it('begins anew where there is more of it than there should be', async () => {
    await writeFile(`${path}.part`, new Uint8Array(BYTES.length + 5));
    await fetch({ '/a': serving(BYTES) });
    await isWhole();
  });

  it('waits and tries again where a server is busy, as long as it asks for', async () => {
    const waits: number[] = [];
    await fetch(
      { '/a': inTurn(refusing(503), refusing(429, { 'retry-after': '7' }), serving(BYTES)) },
      { wait: async (ms) => void waits.push(ms) },
    );
    expect(waits).toEqual([2000, 7000]);
    await isWhole();
  });

  it('follows redirects', async () => {
    server = await startServer({ '/real': serving(BYTES) });
    const { origin } = server;
    const first = server;
    await fetch({ '/a': refusing(302, { location: `${origin}/real` }) });
    await first.close();
    await isWhole();
  });

  it.each([
    ['a page instead of the file', page, /a web page there/],
    [
      'a page that calls itself a file',
      ((_, response) => response.writeHead(200).end('\n<!DOCTYPE html>')) as Answering,
      /a web page there/,
    ],
    ['nothing', refusing(404), /answers 404/],
    ['no leave', refusing(403), /answers 403/],
    ['a server that is always busy', refusing(500), /answers 500/],
    ['a file of another size', serving(BYTES.subarray(1)), /99999 bytes instead of 100000/],
    ['another file of that size', serving(BYTES.map((value) => value ^ 1)), /another file of that name/],
    ['redirects in a circle', refusing(302, { location: '/a' }), /more than 8 times/],
    ['a way to another protocol', refusing(302, { location: 'file:///etc/passwd' }), /sends to file:/],
  ])('asks the next address after %s', async (_, fault, message) => {
    const troubles: string[] = [];
    await fetch({ '/a': fault, '/b': serving(BYTES) }, { onTrouble: (sentence) => troubles.push(sentence) });
    expect(troubles.join('\n')).toMatch(message);
    await isWhole();
  });

  it('that no address has says in one sentence what each said, and leaves no file under the name', async () => {
    const error = await fetch({ '/a': page, '/b': refusing(404) }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(
        /^weights.ckpt could not be downloaded. .*a web page.*; .*answers 404\.$/,
      ),
    });
    expect(await readdir(folder)).not.toContain('weights.ckpt');
  });

  it('keeps what has come when it is interrupted', async () => {
    const stop = new AbortController();
    const slowly: Answering = (_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length }).write(BYTES.subarray(0, 50_000));
    };
    const onProgress = (bytes: number) => {
      if (bytes === 50_000) stop.abort(new Error('stopped'));
    };
    await expect(fetch({ '/a': slowly }, { signal: stop.signal, onProgress })).rejects.toThrow();
    expect((await readFile(`${path}.part`)).length).toBe(50_000);
  });

  it('does not begin where the disk is too small', async () => {
    await expect(fetch({ '/a': serving(BYTES) }, { freeBytes: async () => 2e8 })).rejects.toThrow(
      /needs 257 MB of disk, and .* has 200 MB free/,
    );
    expect(server?.asked).toEqual([]);
  });

  it('gives up on an answer that stays silent, and asks again', async () => {
    await network.close();
    network = openNetwork(100);
    const silent: Answering = (_, response) =>
      void response.writeHead(200, { 'content-length': BYTES.length }).flushHeaders();
    await fetch({ '/a': inTurn(silent, serving(BYTES)) });
    await isWhole();
  });

  it('goes through the proxy that the environment names, and past it where that says so', async () => {
    const proxy = await startServer({});
    vi.stubEnv('http_proxy', proxy.origin);
    vi.stubEnv('no_proxy', '');
    const proxied = openNetwork();
    await fetch({ '/a': serving(BYTES) }, { network: proxied });
    expect(proxy.asked).toEqual([`CONNECT ${server?.origin.slice('http://'.length)}`]);
    await proxied.close();
    await server?.close();
    await rm(path);
    vi.stubEnv('no_proxy', '127.0.0.1');
    const direct = openNetwork();
    await fetch({ '/a': serving(BYTES) }, { network: direct });
    expect(proxy.asked).toHaveLength(1);
    await direct.close();
    await proxy.close();
  });
});
