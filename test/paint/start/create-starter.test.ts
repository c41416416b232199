import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paintRequestSchema } from '../../../src/requests/paint-request.js';
import type { Picture } from '../../../src/contracts/picture.js';
import { randomFromSeed } from '../../../src/paint/random.js';
import { createStarter, type Starter } from '../../../src/paint/start/create-starter.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { readCodebook } from '../../../src/zoo/codebook.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';
import { writeTinyModel } from '../../support/tiny-model.js';

const IMAGE = 'd'.repeat(64);
const GRID = { rows: 4, columns: 4 };
let folder: string;
let model: LoadedModel;
let starter: Starter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-start-'));
  await writeTinyModel(folder);
  model = await loadModel({ folder });
  starter = createStarter(model, createRuntime({ provider: 'cpu', threads: 1 }));
});
afterAll(async () => {
  await starter.release();
  await rm(folder, { recursive: true });
});

const picture: Picture = {
  ...{ width: 40, height: 32 },
  pixels: Uint8Array.from({ length: 40 * 32 * 3 }, (_, index) => (index * 7) % 256),
};

async function begin(changes: object, from = starter, of = model): Promise<Float32Array> {
  const request = paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a' }], model: 'tiny', width: 32, height: 32, steps: 1, seed: 1 },
    ...{ start: 'noise', cutouts: 1, frames: {}, upscale: 1, ...changes },
  });
  const [latent] = await from.begin({
    ...{ request, init: picture, grid: GRID },
    ...{ random: randomFromSeed(5), codebook: await readCodebook(of) },
  });
  if (!latent) throw new Error('A start gives a latent.');
  return latent;
}

const keeping = (strength: number) => ({ start: 'picture', init: { image: IMAGE, strength, pull: 0 } });

describe('a start', () => {
  it('from a picture keeps as much of it as its strength says; the rest is the start from noise', async () => {
    const noise = await begin({});
    const encoded = await starter.encode(picture, GRID);
    expect(await begin(keeping(0))).toEqual(noise);
    expect(await begin(keeping(1))).toEqual(encoded);
    for (const [index, value] of (await begin(keeping(0.25))).entries()) {
      expect(value).toBeCloseTo(0.25 * (encoded[index] ?? 0) + 0.75 * (noise[index] ?? 0), 5);
    }
  });

  it('from noise draws codebook rows where there is no encoder', async () => {
    const { encoder: _, ...vqgan } = model.manifest.vqgan;
    const blind = { ...model, manifest: { ...model.manifest, vqgan } };
    const from = createStarter(blind, createRuntime({ provider: 'cpu', threads: 1 }));
    const latent = await begin({}, from, blind);
    const { data } = await readCodebook(blind);
    const { dim, codes } = vqgan;
    const known = new Set(
      Array.from({ length: codes }, (_, code) => [...data.slice(code * dim, (code + 1) * dim)].join()),
    );
    const cells = Array.from({ length: 16 }, (_, cell) =>
      Array.from({ length: dim }, (_, channel) => latent[channel * 16 + cell]).join(),
    );
    for (const cell of cells) expect(known).toContain(cell);
    expect(new Set(cells).size).toBeGreaterThan(5);
    await expect(begin(keeping(1), from, blind)).rejects.toThrow('has no encoder');
  });
});
