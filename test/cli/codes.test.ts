import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import { readPngText } from '../../src/images/png-text.js';
import { writeTinyModel } from '../support/tiny-model.js';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'easel-codes-'));
  await writeTinyModel(join(dataDir, 'models', 'tiny'), { prior: true });
  await writeTinyModel(join(dataDir, 'models', 'plain'), { name: 'plain' });
});
afterAll(() => rm(dataDir, { recursive: true }));

async function easel(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ...{ isTerminal: false, interrupted: new AbortController().signal },
    ...{ dataDir, cacheDir: join(dataDir, 'cache') },
  });
  return { code, out, err };
}

const at = (name: string) => join(dataDir, name);
const TINY = ['--model', 'tiny', '--threads', '1'];
const pixelsOf = async (name: string) => (await decodePicture(readFileSync(at(name)))).pixels;

describe('easel dream', () => {
  it('samples the prior alone, the same picture for the same seed, and tells its story', async () => {
    for (const name of ['1.png', '2.png']) {
      const { code, out } = await easel('dream', 'a', 'castle', ...TINY, '--seed', '3', '--out', at(name));
      expect([code, out]).toEqual([0, `${at(name)}\n`]);
    }
    expect(readFileSync(at('1.png'))).toEqual(readFileSync(at('2.png')));
    expect(readPngText(readFileSync(at('1.png')))).toMatchObject({ prompt: 'a castle', seed: '3' });
  });

  it('follows its words and fits any grid', async () => {
    await easel('dream', 'apple', ...TINY, '--seed', '3', '--out', at('other.png'));
    expect(await pixelsOf('other.png')).not.toEqual(await pixelsOf('1.png'));
    await easel('dream', 'apple', ...TINY, '--size', '64x32', '--out', at('wide.png'));
    expect((await pixelsOf('wide.png')).length).toBe(64 * 32 * 3);
  });

  it('is refused where there is no prior, or a side is odd', async () => {
    const plain = await easel('dream', 'a', '--model', 'plain');
    expect(plain).toMatchObject({ code: 2, err: 'The model `plain` has no prior to dream with.\n' });
    expect((await easel('dream', 'a', ...TINY, '--size', '36x32')).err).toContain('multiples of 8');
  });
});

describe('easel encode and decode', () => {
  it('give codes that decode to the same picture again and again', async () => {
    const encoded = await easel('encode', at('1.png'), ...TINY, '--out', at('codes.json'));
    expect(encoded).toMatchObject({ code: 0, out: `${at('codes.json')}\n` });
    const file = JSON.parse(readFileSync(at('codes.json'), 'utf8'));
    expect(file).toMatchObject({ version: 1, model: 'tiny', rows: 4, columns: 4 });
    expect(file.codes).toHaveLength(16);
    expect(Math.max(...file.codes)).toBeLessThan(32);
    for (const name of ['a.png', 'b.png']) {
      expect((await easel('decode', at('codes.json'), ...TINY, '--out', at(name))).code).toBe(0);
    }
    expect(readFileSync(at('a.png'))).toEqual(readFileSync(at('b.png')));
    const printed = await easel('encode', at('1.png'), ...TINY, '--size', '32x32');
    expect(JSON.parse(printed.out)).toEqual(file);
  });

  it.each<readonly [string, (file: Record<string, unknown>) => unknown, string]>([
    [
      'another codebook',
      (file) => ({ ...file, manifestHash: '0'.repeat(64) }),
      'another version of the model',
    ],
    [
      'a code beyond the codebook',
      (file) => ({ ...file, codes: new Array(16).fill(32) }),
      'Expected codes below 32',
    ],
    ['too few codes', (file) => ({ ...file, codes: [1] }), 'one code a cell'],
    ['a huge grid', (file) => ({ ...file, rows: 1e6 }), 'rows'],
    ['something else', () => [1, 2], 'as `easel encode` writes them'],
  ])('refuse %s', async (_, change, message) => {
    const file = JSON.parse(readFileSync(at('codes.json'), 'utf8'));
    writeFileSync(at('bad.json'), JSON.stringify(change(file)));
    const { code, err } = await easel('decode', at('bad.json'), ...TINY, '--out', at('never.png'));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('refuse what is not JSON, not there, or not a picture', async () => {
    expect((await easel('decode', at('1.png'), ...TINY, '--out', at('x.png'))).err).toContain(
      'Expected JSON',
    );
    expect((await easel('decode', at('none'), ...TINY, '--out', at('x.png'))).err).toContain(
      'cannot be read',
    );
    expect((await easel('encode', at('codes.json'), ...TINY)).err).toContain('got something else');
  });
});

describe('easel codebook', () => {
  it('paints every code in a tile of its own', async () => {
    expect((await easel('codebook', ...TINY, '--out', at('codebook.png'))).code).toBe(0);
    const { width, height, pixels } = await decodePicture(readFileSync(at('codebook.png')));
    // 32 codes: six rows of six tiles of 16 pixels, the last four white.
    expect([width, height]).toEqual([96, 96]);
    const pixel = (x: number, y: number) => [...pixels.subarray((y * 96 + x) * 3, (y * 96 + x) * 3 + 3)];
    expect(pixel(95, 95)).toEqual([255, 255, 255]);
    const centres = Array.from({ length: 32 }, (_, code) =>
      pixel((code % 6) * 16 + 8, Math.floor(code / 6) * 16 + 8),
    );
    expect(new Set(centres.map(String)).size).toBeGreaterThan(28);
  });
});
