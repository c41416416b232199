import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float32 } from 'onnx-gradients/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { createPainter } from '../../../src/paint/create-painter.js';
import { createCodec } from '../../../src/paint/latent/codec.js';
import { codesOnGrid, latentOfCodes } from '../../../src/paint/latent/codes.js';
import { createConditioner } from '../../../src/paint/prompts/conditioning.js';
import { randomFromSeed } from '../../../src/paint/random.js';
import { guidanceWeights, neighbours, type Prior } from '../../../src/paint/start/create-prior.js';
import { drawCode } from '../../../src/paint/start/draw-code.js';
import { openPrior } from '../../../src/paint/start/open-prior.js';
import { paintRequestSchema } from '../../../src/requests/paint-request.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';
import { writeTinyModel } from '../../support/tiny-model.js';

let folder: string;
let model: LoadedModel;
let prior: Prior;
const runtime = createRuntime({ provider: 'cpu', threads: 1 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-prior-'));
  await writeTinyModel(folder, { prior: true });
  model = await loadModel({ folder });
  if (!model.manifest.prior) throw new Error('no prior');
  prior = await openPrior(model, runtime, model.manifest.prior);
});
afterAll(async () => {
  await prior.release();
  await rm(folder, { recursive: true });
});

const sample = async (...prompts: { text: string; weight: number }[]) => {
  const [codes = []] = await prior.sample({ candidates: 1, prompts, random: randomFromSeed(1) });
  return [...codes];
};
const upFrom = (start: number) => Array.from({ length: 16 }, (_, position) => position + start);

describe('a sample of the prior', () => {
  it('sees every position before it in its cache, and the guidance on its text', async () => {
    expect(await sample({ text: 'a blue', weight: 1 })).toEqual(upFrom(0));
    expect(await sample({ text: 'a red apple', weight: 1 })).toEqual(upFrom(3));
    expect(await sample({ text: 'a red apple', weight: 7 })).toEqual(upFrom(3));
    expect(await sample({ text: 'castle', weight: 1 })).toEqual(upFrom(6));
  });

  it('mixes several texts by their weights and is led away from negative ones', async () => {
    expect(await sample({ text: 'castle', weight: 2 }, { text: 'apple', weight: 1 })).toEqual(upFrom(5));
    expect(await sample({ text: 'castle', weight: 1 }, { text: 'apple', weight: -1 })).toEqual(upFrom(3));
  });

  it('draws several candidates at a time, each with its own cache', async () => {
    const prompts = [
      { text: 'castle', weight: 1 },
      { text: 'apple', weight: -1 },
    ];
    const wild = { prompts, random: randomFromSeed(1), temperature: 4, topK: 32 };
    const [first = [], second = []] = await prior.sample({ ...wild, candidates: 2 });
    expect([...first]).not.toEqual([...second]);
    const calm = await prior.sample({ candidates: 3, prompts, random: randomFromSeed(1) });
    expect(calm.map((codes) => [...codes])).toEqual([upFrom(3), upFrom(3), upFrom(3)]);
  });

  it('is drawn on a larger canvas through a window that keeps what is there and counts its positions anew', async () => {
    const prompts = [{ text: 'a red apple', weight: 1 }];
    const canvas = { rows: 5, columns: 6 };
    const [codes = []] = await prior.sample({ candidates: 1, prompts, random: randomFromSeed(1), canvas });
    const rowsOf = Array.from({ length: 5 }, (_, row) => [...codes.slice(row * 6, row * 6 + 6)]);
    expect(rowsOf.slice(0, 4)).toEqual(
      [3, 7, 11, 15].map((first) => [first, first + 1, first + 2, first + 3, first + 2, first + 3]),
    );
    // The second row of windows stands one lower: its last row is new.
    expect(rowsOf[4]).toEqual([15, 16, 17, 18, 17, 18]);
  });

  it("is in one of the model's styles, unless the text names one", async () => {
    const facts = model.manifest.prior;
    if (!facts || !('conditioning' in facts)) throw new Error('no prior');
    const styles = ['', ', castle', ', apple'];
    const styled = await openPrior(model, runtime, {
      ...facts,
      conditioning: { ...facts.conditioning, styles },
    });
    const seen = async (text: string) => {
      const firsts = Array.from({ length: 12 }, async (_, seed) => {
        const prompts = [{ text, weight: 1 }];
        const [codes = []] = await styled.sample({ candidates: 1, prompts, random: randomFromSeed(seed) });
        return codes[0];
      });
      return [...new Set(await Promise.all(firsts))].sort();
    };
    expect(await seen('a blue')).toEqual([0, 3, 6]);
    expect(await seen('a blue, Castle')).toEqual([6]);
    await styled.release();
  });

  it('starts a painting and is its frame 0', async () => {
    const painter = createPainter({ model, runtime });
    const request = paintRequestSchema.parse({
      ...{
        version: 1,
        prompts: [{ text: 'castle' }],
        model: 'tiny',
        width: 32,
        height: 32,
        steps: 1,
        seed: 1,
      },
      ...{ start: 'prior', cutouts: 2, frames: {}, upscale: 1 },
    });
    const events = [];
    for await (const event of painter.paint({ request })) events.push(event);
    await painter.release();
    expect(events.map(({ type }) => type)).toEqual(['started', 'frame', 'step', 'done']);
    expect(events[1]).toMatchObject({ step: 0, picture: { width: 32 } });
  });
});

describe('a start from the prior', () => {
  it('is the candidate that CLIP sees nearest to the prompts', async () => {
    const wildFolder = join(folder, 'wild');
    await writeTinyModel(wildFolder, { prior: true, wild: true });
    const wild = await loadModel({ folder: wildFolder });
    const request = paintRequestSchema.parse({
      ...{
        version: 1,
        prompts: [{ text: 'castle' }],
        model: 'tiny',
        width: 32,
        height: 32,
        steps: 1,
        seed: 9,
      },
      ...{ start: 'prior', cutouts: 2, frames: {}, upscale: 1 },
    });
    const painter = createPainter({ model: wild, runtime });
    let first: Picture | undefined;
    for await (const event of painter.paint({ request })) if (event.type === 'frame') first ??= event.picture;
    await painter.release();
    if (!wild.manifest.prior) throw new Error('no prior');
    const opened = await openPrior(wild, runtime, wild.manifest.prior);
    const { prompts } = request;
    const drawn = await opened.sample({ candidates: 3, prompts, random: randomFromSeed(9) });
    const codec = await createCodec(wild, runtime);
    const conditioner = createConditioner(wild, runtime);
    const conditionings = await conditioner.condition(request, new Map());
    const seen: { picture: Picture; distance: number }[] = [];
    for (const codes of drawn) {
      const picture = await codec.decode(codes, { rows: 4, columns: 4 });
      seen.push({ picture, distance: await conditioner.distance(picture, conditionings) });
    }
    for (const part of [opened, codec, conditioner]) await part.release();
    expect(new Set(seen.map(({ distance }) => distance)).size).toBe(drawn.length);
    seen.sort((a, b) => a.distance - b.distance);
    expect(first).toEqual(seen[0]?.picture);
  });
});

describe('guidanceWeights', () => {
  it('gives one prompt the plain guidance and lets several share it', () => {
    expect(guidanceWeights([{ text: 'a', weight: 5 }], 3)).toEqual([3]);
    expect(
      guidanceWeights(
        [
          { text: 'a', weight: 1 },
          { text: 'b', weight: 3 },
        ],
        4,
      ),
    ).toEqual([1, 3]);
    expect(guidanceWeights([{ text: 'a', weight: -2 }], 3)).toEqual([-3]);
  });
});

describe('neighbours', () => {
  const codes = Int32Array.from([10, 11, 12, 13, 14, 15, 16, 17, 18]);
  const at = (position: number) => neighbours({ codes, position, columns: 3, outside: 99 });

  it('are the codes to the left, above, and above right, or what stands outside', () => {
    expect(at(0)).toEqual([99, 99, 99]);
    expect(at(2)).toEqual([11, 99, 99]);
    expect(at(3)).toEqual([99, 10, 11]);
    expect(at(4)).toEqual([13, 11, 12]);
    expect(at(5)).toEqual([14, 12, 99]);
  });
});

describe('drawCode', () => {
  const draw = (logits: number[], topK: number, temperature = 1) => {
    const random = randomFromSeed(5);
    const counts = new Array<number>(logits.length).fill(0);
    for (let index = 0; index < 10_000; index += 1) {
      const code = drawCode(Float32Array.from(logits), { random, temperature, topK });
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts.map((count) => count / 10_000);
  };

  it('draws by the softmax', () => {
    const [a = 0, b = 0, c = 0] = draw([0, Math.log(3), Math.log(6)], 3);
    expect([a, b, c].map((share) => Math.round(share * 20) / 20)).toEqual([0.1, 0.3, 0.6]);
  });

  it('sharpens below temperature 1', () => {
    const [, , c = 0] = draw([0, Math.log(3), Math.log(6)], 3, 0.5);
    expect(c).toBeCloseTo(36 / 46, 1);
  });

  it('draws only among the largest', () => {
    expect(draw([1, 5, 2, 5], 2).map((share) => share > 0)).toEqual([false, true, false, true]);
    expect(draw([1, 5, 2], 1)).toEqual([0, 1, 0]);
    expect(draw([-1e9, 1e9, 0], 3)).toEqual([0, 1, 0]);
  });
});

describe('codes', () => {
  it('become a latent by their codebook rows', () => {
    const codebook = float32([3, 2], [0, 1, 10, 11, 20, 21]);
    expect([...latentOfCodes([2, 0, 1], codebook)]).toEqual([20, 0, 10, 21, 1, 11]);
  });

  it('are scaled in the middle and repeat their edge beyond it', () => {
    const codes = Int32Array.from([1, 2, 3, 4]);
    const two = { rows: 2, columns: 2 };
    expect([...codesOnGrid(codes, two, { rows: 2, columns: 4 })]).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect([...codesOnGrid(codes, two, { rows: 6, columns: 4 })]).toEqual([
      ...[1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2],
      ...[3, 3, 4, 4, 3, 3, 4, 4, 3, 3, 4, 4],
    ]);
    expect([...codesOnGrid(codes, two, two)]).toEqual([1, 2, 3, 4]);
  });

  it('stay as they are where only one side is longer', () => {
    const three = { rows: 3, columns: 3 };
    const placesOn = (canvas: { rows: number; columns: number }) => [
      ...codesOnGrid(Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8]), three, canvas),
    ];
    expect(placesOn(three)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(placesOn({ rows: 3, columns: 6 }).slice(6, 12)).toEqual([3, 3, 4, 5, 5, 5]);
    expect(placesOn({ rows: 5, columns: 3 })).toEqual([0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 6, 7, 8]);
  });
});
