import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { type Codec, createCodec } from '../../../src/paint/latent/codec.js';
import { codesOnGrid } from '../../../src/paint/latent/codes.js';
import { openPrior } from '../../../src/paint/start/open-prior.js';
import { randomFromSeed } from '../../../src/paint/random.js';
import { coverPlanes, pictureFromPlanes } from '../../../src/paint/latent/resize-picture.js';
import { sampleOnGrid } from '../../../src/paint/start/sample-on-grid.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';

const from = { rows: 16, columns: 16 };
const runtime = createRuntime({ provider: 'cpu', threads: 1 });
let model: LoadedModel;
let codec: Codec;
let codes: Int32Array;
let small: Picture;

beforeAll(async () => {
  model = await loadModel({ name: 'pocket' });
  codec = await createCodec(model, runtime);
  if (!model.manifest.prior) throw new Error('The pocket model has a prior.');
  const prior = await openPrior(model, runtime, model.manifest.prior);
  const prompts = [{ text: 'a red apple', weight: 1 }];
  [codes = codes] = await prior.sample({ candidates: 1, prompts, random: randomFromSeed(1) });
  await prior.release();
  small = await codec.decode(codes, from);
});
afterAll(() => codec.release());

const scaled = (picture: Picture, width: number, height: number) =>
  pictureFromPlanes(coverPlanes(picture, width, height), width, height);

/** Mean difference of two pictures' bytes. */
function difference(one: Picture, other: Picture): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  const sum = one.pixels.reduce(
    (total, byte, index) => total + Math.abs(byte - (other.pixels[index] ?? 0)),
    0,
  );
  return sum / one.pixels.length;
}

describe('sampleOnGrid', () => {
  it("leaves a sample on the prior's own grid alone", async () => {
    expect(await sampleOnGrid(codes, { from, to: from, codec })).toBe(codes);
  });

  it('makes the same picture at twice the size, far nearer to it than repeated codes are', async () => {
    const to = { rows: 32, columns: 32 };
    const wanted = scaled(small, 256, 256);
    const placed = await codec.decode(await sampleOnGrid(codes, { from, to, codec }), to);
    const repeated = await codec.decode(codesOnGrid(codes, from, to), to);
    expect(difference(placed, wanted)).toBeLessThan(difference(repeated, wanted) / 2);
  });

  it('keeps all of the picture in the middle of a wide one', async () => {
    const to = { rows: 16, columns: 24 };
    const { pixels, width } = await codec.decode(await sampleOnGrid(codes, { from, to, codec }), to);
    const rows = Array.from({ length: 128 }, (_, y) =>
      pixels.subarray((y * width + 32) * 3, (y * width + 160) * 3),
    );
    const middle = Uint8Array.from(rows.flatMap((row) => [...row]));
    expect(difference({ width: 128, height: 128, pixels: middle }, small)).toBeLessThan(12);
  });

  it('repeats codes where the model has no encoder', async () => {
    const to = { rows: 4, columns: 4 };
    const blind = { ...codec, canEncode: false };
    const placed = await sampleOnGrid(Int32Array.of(1, 2, 3, 4), {
      ...{ from: { rows: 2, columns: 2 }, to, codec: blind },
    });
    expect([...placed]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });
});
