import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { createCodec } from '../../src/paint/latent/codec.js';
import { paintRequestSchema } from '../../src/requests/paint-request.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { type LoadedModel, loadModel } from '../../src/zoo/load-model.js';
import { writeBuiltModel } from '../support/built-model.js';

let folder: string;
let cacheDir: string;
let model: LoadedModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-built-'));
  cacheDir = await mkdtemp(join(tmpdir(), 'easel-built-cache-'));
  await writeBuiltModel(folder);
  model = await loadModel({ folder });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(cacheDir, { recursive: true });
});

const runtimeFor = (cache?: string) =>
  createRuntime({ provider: 'cpu', threads: 1, ...(cache !== undefined && { cacheDir: cache }) });

async function paint(overrides: object = {}, cache?: string) {
  const painter = createPainter({ model, runtime: runtimeFor(cache) });
  const request = paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a red apple' }], model: 'built', width: 32, height: 32, steps: 3 },
    ...{ seed: 5, start: 'noise', cutouts: 2, learningRate: 0.1, frames: {}, upscale: 1, ...overrides },
  });
  const losses: number[] = [];
  let picture: Picture | undefined;
  for await (const event of painter.paint({ request })) {
    if (event.type === 'step') losses.push(event.loss);
    if (event.type === 'done') picture = event.picture;
  }
  await painter.release();
  if (!picture) throw new Error('Nothing was painted.');
  return { losses, picture };
}

describe('a model of architectures with their weights', () => {
  it.each([
    { width: 32, height: 32, cutouts: 2 },
    { width: 48, height: 32, cutouts: 3 },
    { width: 36, height: 44, cutouts: 1 },
  ])('paints $width × $height with $cutouts cutouts', async (shape) => {
    const { picture, losses } = await paint(shape);
    expect(picture).toMatchObject({ width: shape.width, height: shape.height });
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(new Set(picture.pixels).size).toBeGreaterThan(10);
  });

  it('is guided by the CLIPs that a request names, each as much as its weight says', async () => {
    const vit = await paint({ clips: [{ name: 'vit', weight: 1 }] });
    const resnet = await paint({ clips: [{ name: 'resnet', weight: 1 }] });
    const both = await paint({
      clips: [
        { name: 'vit', weight: 1 },
        { name: 'resnet', weight: 0.5 },
      ],
    });
    expect(vit.picture).toEqual((await paint()).picture);
    const [alone = 0, other = 0, together = 0] = [vit, resnet, both].map(({ losses }) => losses[0]);
    expect(other).not.toBeCloseTo(alone, 3);
    // Cutouts are drawn one CLIP after the other, so only about the sum.
    expect(Math.abs(together - (alone + other / 2)) / together).toBeLessThan(0.2);
  });

  it('names the CLIPs it has when a request names another', async () => {
    await expect(paint({ clips: [{ name: 'RN50', weight: 1 }] })).rejects.toThrow(
      'among those of the model `built` (vit, resnet), got `RN50`',
    );
  });

  it('turns pictures of several sizes into codes and back', async () => {
    const codec = await createCodec(model, runtimeFor());
    for (const [rows, columns] of [
      [4, 6],
      [5, 3],
    ] as const) {
      const [width, height] = [columns * 4, rows * 4];
      const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7) % 256);
      const codes = await codec.encode({ width, height, pixels }, { rows, columns });
      expect(codes).toHaveLength(rows * columns);
      expect(await codec.decode(codes, { rows, columns })).toMatchObject({ width, height });
    }
    await codec.release();
  });

  it('paints the same from cached graphs as from built ones', async () => {
    const first = await paint({}, cacheDir);
    expect(await paint({}, cacheDir)).toEqual(first);
    expect((await paint()).picture).toEqual(first.picture);
  });

  it('keeps no second copy of the weights in the cache', async () => {
    await paint({}, cacheDir);
    const { ino } = await stat(join(folder, 'vqgan.safetensors'));
    const cached = await readdir(cacheDir, { recursive: true, withFileTypes: true });
    const inodes = await Promise.all(
      cached.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).ino),
    );
    expect(inodes).toContain(ino);
  });

  it('is refused where a file of weights has changed', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'easel-built-'));
    await writeBuiltModel(copy);
    await appendFile(join(copy, 'vqgan.safetensors'), 'x');
    const damaged = await loadModel({ folder: copy });
    await expect(damaged.verified('vqgan.safetensors')).rejects.toThrow('its size is not the manifest');
    await rm(copy, { recursive: true });
  });
});
