import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../../src/contracts/manifest.js';
import { worksInHalf } from '../../../src/installer/check/check-half.js';
import { checkModel } from '../../../src/installer/check/check-model.js';
import { packageRoot } from '../../../src/package-root.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import type { Runtime } from '../../../src/runtime/runtime.js';
import { loadModel } from '../../../src/zoo/load-model.js';

const pocket = join(packageRoot(), 'models', 'pocket');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-check-'));
  for (const file of await readdir(pocket)) {
    if (file !== 'manifest.json') await symlink(join(pocket, file), join(folder, file));
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** What the self-check says of the embedded model after a change to its manifest. */
async function check(change: (manifest: Manifest) => Manifest) {
  const manifest: Manifest = JSON.parse(await readFile(join(pocket, 'manifest.json'), 'utf8'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(change(manifest)));
  const runtime = createRuntime({ provider: 'cpu', cacheDir: join(folder, 'cache') });
  const findings = await checkModel(await loadModel({ folder }), runtime);
  return findings.map(({ part, suspect }) => [part, suspect === undefined]);
}

describe('half precision', () => {
  /** A processor whose products in half precision are off by so much besides. */
  const off = (by: number): Runtime => {
    const runtime = createRuntime({ provider: 'cpu' });
    let opened = 0;
    return {
      ...runtime,
      open: async (source) => {
        const session = await runtime.open(source);
        opened += 1;
        // The encoder, the look-up of codes, the decoder, and the decoder in half precision.
        if (opened < 4) return session;
        const run: typeof session.run = async (feeds) => {
          const { picture } = await session.run(feeds);
          const planes = Float32Array.from([...(picture?.data ?? [])].map(Number), (value) => value + by);
          return { picture: { elementType: 'float32', shape: picture?.shape ?? [], data: planes } };
        };
        return { ...session, run };
      },
    };
  };

  it('is found safe for a decoder whose pictures it keeps, and unsafe where one sees it, or there is none', async () => {
    const model = await loadModel({ folder: pocket });
    expect(await worksInHalf(model, off(0))).toBe(true);
    expect(await worksInHalf(model, off(0.01))).toBe(false);
    expect(await worksInHalf(model, off(Number.NaN))).toBe(false);
  });
});

describe('the self-check', () => {
  it('finds nothing wrong with a model whose parts belong together', async () => {
    expect(await check((manifest) => manifest)).toEqual([
      ['VQGAN', true],
      ['CLIP 1', true],
    ]);
  });

  it('suspects the VQGAN whose pictures have another range, and no CLIP', async () => {
    expect(await check((manifest) => ({ ...manifest, vqgan: { ...manifest.vqgan, range: [0, 8] } }))).toEqual(
      [
        ['VQGAN', false],
        ['CLIP 1', true],
      ],
    );
  });

  it('suspects the CLIP that sees pictures otherwise than in training, and not the VQGAN', async () => {
    const darkened = (manifest: Manifest): Manifest => ({
      ...manifest,
      clips: manifest.clips.map((clip) => ({
        ...clip,
        image: { ...clip.image, mean: [8, 8, 8] },
      })),
    });
    expect(await check(darkened)).toEqual([
      ['VQGAN', true],
      ['CLIP 1', false],
    ]);
  });
});
