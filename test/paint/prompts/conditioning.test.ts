import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paintRequestSchema } from '../../../src/requests/paint-request.js';
import type { Picture } from '../../../src/contracts/picture.js';
import { type Conditioner, createConditioner } from '../../../src/paint/prompts/conditioning.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { loadModel } from '../../../src/zoo/load-model.js';
import { writeTinyModel } from '../../support/tiny-model.js';

const IMAGE = 'c'.repeat(64);
const WIDTH = 12;
let folder: string;
let conditioner: Conditioner;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-conditioning-'));
  await writeTinyModel(folder, { clips: [1, 2] });
  const runtime = createRuntime({ provider: 'cpu', threads: 1 });
  conditioner = createConditioner(await loadModel({ folder }), runtime);
});
afterAll(async () => {
  await conditioner.release();
  await rm(folder, { recursive: true });
});

const request = paintRequestSchema.parse({
  ...{
    version: 1,
    model: 'tiny',
    width: 32,
    height: 32,
    steps: 1,
    seed: 1,
    start: 'noise',
    cutouts: 1,
    frames: {},
  },
  ...{
    prompts: [
      { text: 'castle', weight: 2, stop: 0.5 },
      { text: 'fog', weight: -1 },
    ],
    upscale: 1,
  },
  imagePrompts: [{ image: IMAGE, weight: 0.5 }],
});

function flat(red: number, green: number, blue: number): Picture {
  const pixels = Uint8Array.from({ length: 20 * 30 * 3 }, (_, index) => [red, green, blue][index % 3] ?? 0);
  return { width: 20, height: 30, pixels };
}

const images = new Map([[IMAGE, flat(200, 30, 60)]]);

describe('conditioning', () => {
  it('has an embedding of length 1 for each text and picture, and nothing in the other places', async () => {
    const conditionings = await conditioner.condition(request, images);
    expect(conditionings).toHaveLength(2);
    for (const { embeddings, weights, stops } of conditionings) {
      const lengths = Array.from({ length: 5 }, (_, place) =>
        Math.hypot(...[...embeddings.data].slice(place * WIDTH, (place + 1) * WIDTH).map(Number)),
      );
      for (const [place, length] of lengths.entries()) expect(length).toBeCloseTo(place < 3 ? 1 : 0, 6);
      expect([...weights.data].slice(0, 5)).toEqual([2, -1, 0.5, 0, 0]);
      expect(Number(stops.data[0])).toBe(0.5);
      expect(Number(stops.data[1])).toBeLessThan(-1e6);
    }
  });

  it('sees a picture with CLIP’s own eyes: 0 away from itself, further from another', async () => {
    const itself = { ...request, prompts: [], imagePrompts: [{ image: IMAGE, weight: 1 }] };
    const conditionings = await conditioner.condition(itself, images);
    expect(await conditioner.distance(flat(200, 30, 60), conditionings)).toBeCloseTo(0, 6);
    expect(await conditioner.distance(flat(10, 30, 250), conditionings)).toBeGreaterThan(0.01);
  });

  it('tells that a picture is missing', async () => {
    await expect(conditioner.condition(request, new Map())).rejects.toThrow(
      'cccccccccccc… that the request names',
    );
  });

  it('goes on after a release', async () => {
    const before = await conditioner.condition(request, images);
    await conditioner.release();
    expect(await conditioner.condition(request, images)).toEqual(before);
  });
});
