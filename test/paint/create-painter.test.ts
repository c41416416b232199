import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaintEvent } from '../../src/contracts/paint-event.js';
import { type PaintRequest, paintRequestSchema } from '../../src/requests/paint-request.js';
import type { Picture } from '../../src/contracts/picture.js';
import { createPainter } from '../../src/paint/create-painter.js';
import type { Painter, PaintJob } from '../../src/paint/api.js';
import { onGrid, type Painting } from '../../src/paint/latent/painting.js';
import { decodeState, encodeState } from '../../src/paint/latent/saved-state.js';
import { learningRateAt } from '../../src/paint/step/schedule.js';
import { withMoreSteps } from '../../src/requests/more-steps.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { writeTinyModel } from '../support/tiny-model.js';

let folder: string;
let painter: Painter;
let twoClips: Painter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-paint-'));
  const runtime = createRuntime({ provider: 'cpu', threads: 1, cacheDir: join(folder, 'cache') });
  const open = async (name: string, clips: readonly number[]) => {
    await writeTinyModel(join(folder, name), { name, clips });
    return createPainter({ model: await loadModel({ folder: join(folder, name) }), runtime });
  };
  painter = await open('tiny', [1]);
  twoClips = await open('two', [1, 2]);
});
afterAll(async () => {
  await painter.release();
  await twoClips.release();
  await rm(folder, { recursive: true });
});

type Changes = { readonly [Key in keyof PaintRequest]?: unknown };

function request(changes: Changes = {}): PaintRequest {
  return paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a red apple' }], model: 'tiny', width: 32, height: 32, steps: 5 },
    ...{ seed: 7, start: 'noise', cutouts: 4, frames: {}, upscale: 1 },
    ...changes,
  });
}

async function paintAll(job: PaintJob, by = painter): Promise<PaintEvent[]> {
  const events: PaintEvent[] = [];
  for await (const event of by.paint(job)) events.push(event);
  return events;
}

async function paintDone(job: PaintJob, by = painter) {
  const last = (await paintAll(job, by)).at(-1);
  if (last?.type !== 'done') throw new Error(`Expected done, got ${last?.type}.`);
  return last;
}

function stripes(width: number, height: number): Picture {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index % 7) * 36);
  return { width, height, pixels };
}

const IMAGE = 'a'.repeat(64);

describe('a painting', () => {
  it('tells what happens in order, and done is last', async () => {
    const events = await paintAll({ request: request({ frames: { everySteps: 2 } }) });
    const told = events.map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type));
    expect(told).toEqual([
      ...['started', 'step 1', 'step 2', 'frame 2', 'step 3', 'step 4', 'frame 4', 'step 5', 'done 5'],
    ]);
    expect(events[0]).toMatchObject({ provider: 'cpu', steps: 5, firstStep: 1 });
    expect(events.at(-1)).toMatchObject({ ended: 'finished', picture: { width: 32, height: 32 } });
  });

  it('gives the same bytes for the same request and others for another seed', async () => {
    const first = await paintDone({ request: request() });
    const second = await paintDone({ request: request() });
    const other = await paintDone({ request: request({ seed: 8 }) });
    expect(second.picture).toEqual(first.picture);
    expect(second.loss).toBe(first.loss);
    expect(other.picture).not.toEqual(first.picture);
  });

  it('lowers the loss', async () => {
    const events = await paintAll({ request: request({ steps: 40, cutouts: 8 }) });
    const losses = events.filter((event) => event.type === 'step').map(({ loss }) => loss);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)) * 0.99);
  });

  it('draws new cutouts at every step', async () => {
    const still = { learningRate: 1e-6, steps: 6, cutouts: 2 };
    const events = await paintAll({ request: request(still) });
    const losses = events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));
    expect(new Set(losses).size).toBe(6);
  });

  it('raises the distance to a prompt of negative weight', async () => {
    const away = { prompts: [{ text: 'a red apple', weight: -1 }], steps: 40, cutouts: 8 };
    const events = await paintAll({ request: request(away) });
    const losses = events.filter((event) => event.type === 'step').map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? Number.NaN);
    expect(losses.every((loss) => loss < 0)).toBe(true);
  });

  it('shows in a frame what a painting of so many steps would end with', async () => {
    const steps = 6;
    const events = await paintAll({ request: request({ steps, frames: { everySteps: 3 } }) });
    const frame = events.find((event) => event.type === 'frame');
    const stop = new AbortController();
    let picture: Picture | undefined;
    for await (const event of painter.paint({ request: request({ steps }), signal: stop.signal })) {
      if (event.type === 'step' && event.step === 3) stop.abort();
      if (event.type === 'done') picture = event.picture;
    }
    expect(frame?.picture).toEqual(picture);
  });

  it('paints any multiple of the factor', async () => {
    const { picture } = await paintDone({ request: request({ width: 40, height: 72 }) });
    expect([picture.width, picture.height, picture.pixels.length]).toEqual([40, 72, 40 * 72 * 3]);
  });

  it('ends early only when pictures to paint towards have reached their stops as well', async () => {
    const images = new Map([[IMAGE, stripes(32, 32)]]);
    const towards = (stop?: number) => ({
      prompts: [{ text: 'a', weight: 1, stop: 9 }],
      imagePrompts: [{ image: IMAGE, weight: 1, ...(stop !== undefined && { stop }) }],
    });
    const ended = async (stop?: number) =>
      (await paintDone({ request: request(towards(stop)), images })).ended;
    expect([await ended(9), await ended(1e-6), await ended()]).toEqual(['early', 'finished', 'finished']);
  });

  it('counts a picture to paint towards by its weight', async () => {
    const images = new Map([[IMAGE, stripes(32, 32)]]);
    const lossWith = async (weight: number) => {
      const imagePrompts = [{ image: IMAGE, weight }];
      return (await paintDone({ request: request({ prompts: [], imagePrompts, steps: 1 }), images })).loss;
    };
    expect(await lossWith(3)).toBeCloseTo(3 * (await lossWith(1)), 4);
  });

  it('ends early when every prompt has reached its stop', async () => {
    const done = await paintDone({ request: request({ prompts: [{ text: 'a', weight: 1, stop: 9 }] }) });
    expect(done).toMatchObject({ ended: 'early', step: 1 });
  });

  it('weighs an image prompt like a text', async () => {
    const images = new Map([[IMAGE, stripes(50, 20)]]);
    const changes = { prompts: [], imagePrompts: [{ image: IMAGE, weight: 2 }] };
    const done = await paintDone({ request: request(changes), images });
    const text = await paintDone({ request: request() });
    expect(done.picture).not.toEqual(text.picture);
  });

  it('shows a moving average when asked, which is calmer than the latent', async () => {
    const plain = await paintDone({ request: request({ steps: 20 }) });
    const calm = await paintDone({ request: request({ steps: 20, ema: 0.9 }) });
    expect(calm.loss).toBe(plain.loss);
    expect(calm.picture).not.toEqual(plain.picture);
  });

  it('starts Adam anew on the full grid: its first update is one learning rate long', async () => {
    const coarse = request({ width: 64, height: 64, coarse: 0.5, steps: 4, learningRate: 0.01 });
    const states: Painting[] = [];
    for await (const event of painter.paint({ request: coarse })) {
      if (event.type === 'step') states.push(decodeState(painter.state() ?? new Uint8Array()));
    }
    const [, before, after] = states;
    if (!before || !after) throw new Error('Four steps, four states.');
    const start = onGrid(before.latent, before, after);
    const moves = after.latent.map((value, index) => Math.abs(value - (start[index] ?? 0)));
    expect(Math.max(...moves) / learningRateAt(3, { steps: 4 }, 0.01)).toBeCloseTo(1, 2);
  });

  it('paints on half the grid first when asked', async () => {
    const events = await paintAll({
      request: request({ width: 64, height: 64, coarse: 0.6, frames: { everySteps: 1 } }),
    });
    const sides = events.filter((event) => event.type === 'frame').map(({ picture }) => picture.width);
    expect(sides).toEqual([32, 32, 32, 64]);
    expect(events.at(-1)).toMatchObject({ type: 'done', picture: { width: 64 } });
  });
});

describe('a start picture', () => {
  const init = { image: IMAGE, strength: 1, pull: 0 };
  const images = new Map([[IMAGE, stripes(64, 32)]]);

  it('is shown as frame 0', async () => {
    const events = await paintAll({ request: request({ start: 'picture', init }), images });
    expect(events[1]).toMatchObject({ type: 'frame', step: 0 });
  });

  it('holds the latent near it by its pull', async () => {
    const frames: Picture[] = [];
    const ends: Picture[] = [];
    for (const pull of [0, 1e6]) {
      const job = { request: request({ start: 'picture', init: { ...init, pull }, steps: 20 }), images };
      for (const event of await paintAll(job)) {
        if (event.type === 'frame') frames.push(event.picture);
        if (event.type === 'done') ends.push(event.picture);
      }
    }
    expect(frames[0]).toEqual(frames[1]);
    const [free = 0, held = 0] = ends.map((end) => difference(end, frames[0]));
    expect(held).toBeLessThan(free / 2);
  });

  it('is refused by name when it did not come along', async () => {
    const job = { request: request({ start: 'picture', init }) };
    await expect(paintAll(job)).rejects.toThrow('aaaaaaaaaaaa… that the request names is missing');
  });
});

function difference(one: Picture, other: Picture | undefined): number {
  return one.pixels.reduce((sum, value, index) => sum + Math.abs(value - (other?.pixels[index] ?? 0)), 0);
}

describe('cancelling', () => {
  it('ends within a step with the picture so far', async () => {
    const stop = new AbortController();
    const events: PaintEvent[] = [];
    for await (const event of painter.paint({ request: request({ steps: 2000 }), signal: stop.signal })) {
      events.push(event);
      // Nothing but the event loop's turn lets this arrive.
      if (event.type === 'step' && event.step === 3) setImmediate(() => stop.abort());
    }
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'done', ended: 'cancelled' });
    expect(last?.type === 'done' && last.step).toBeLessThanOrEqual(4);
  });

  it('before the first step gives the start', async () => {
    const done = await paintDone({ request: request(), signal: AbortSignal.abort() });
    expect(done).toMatchObject({ ended: 'cancelled', step: 0 });
  });
});

describe('a saved state', () => {
  const kinds: readonly (readonly [string, Changes])[] = [
    ['plain', {}],
    ['with a moving average', { ema: 0.8 }],
    ['in the coarse phase', { coarse: 0.8, width: 64, height: 64 }],
    ['after the coarse phase', { coarse: 0.2, width: 64, height: 64 }],
    ['in chunks', { chunk: 3 }],
  ];

  it.each(kinds)('goes on to the very bytes of an uninterrupted painting: %s', async (_, changes) => {
    const job = { request: request({ ...changes, steps: 7 }) };
    let state: Uint8Array | undefined;
    let whole: PaintEvent | undefined;
    for await (const event of painter.paint(job)) {
      if (event.type === 'step' && event.step === 3) state = painter.state();
      whole = event;
    }
    expect(state).toBeDefined();
    const resumed = await paintAll({ ...job, ...(state && { state }) });
    expect(resumed[0]).toMatchObject({ type: 'started', firstStep: 4 });
    expect({ ...resumed.at(-1), seconds: 0 }).toEqual({ ...whole, seconds: 0 });
  });

  it.each(kinds)(
    'takes more steps, to the bytes of a painting that had them from the start: %s',
    async (_, changes) => {
      const short = request({ ...changes, steps: 4 });
      const long = withMoreSteps(short, 7);
      await paintAll({ request: short });
      const state = painter.state() ?? new Uint8Array();
      const resumed = await paintDone({ request: long, state });
      expect(decodeState(painter.state() ?? new Uint8Array()).request).toEqual(long);
      expect({ ...resumed, seconds: 0 }).toEqual({ ...(await paintDone({ request: long })), seconds: 0 });
      expect(resumed.step).toBe(7);
    },
  );

  it('may be shown otherwise, but with steps behind its own alone', async () => {
    await paintAll({ request: request() });
    const state = painter.state() ?? new Uint8Array();
    const shown = await paintAll({ request: request({ upscale: 4, frames: { everySteps: 2 } }), state });
    expect(shown.map(({ type }) => type)).toEqual(['started', 'done']);
    for (const changes of [{ steps: 9 }, { steps: 9, legs: [4] }]) {
      await expect(paintAll({ request: request(changes), state })).rejects.toThrow('another request');
    }
  });

  it('is refused for another request or model', async () => {
    await paintAll({ request: request() });
    const state = painter.state() ?? new Uint8Array();
    expect(decodeState(state).step).toBe(5);
    await expect(paintAll({ request: request({ seed: 8 }), state })).rejects.toThrow('another request');
    const other = request({ model: 'two' });
    await expect(paintAll({ request: other, state }, twoClips)).rejects.toThrow(
      'another version of the model',
    );
  });

  it('is refused with a grid that is not its step’s, though it is sound in itself', async () => {
    await paintAll({ request: request() });
    const { latent, first, second, ...rest } = decodeState(painter.state() ?? new Uint8Array());
    const half = (array: Float32Array) => array.slice(0, array.length / 2);
    const narrow = {
      ...rest,
      latent: half(latent),
      first: half(first),
      second: half(second),
      rows: rest.rows / 2,
    };
    await expect(paintAll({ request: request(), state: encodeState(narrow) })).rejects.toThrow(
      'grid is not the one',
    );
  });

  it('does not exist before the first complete step', async () => {
    await paintAll({ request: request(), signal: AbortSignal.abort() });
    expect(painter.state()).toBeUndefined();
  });
});

describe('a request that does not fit', () => {
  it.each<readonly [string, Changes, string]>([
    ['another model', { model: 'pocket' }, 'model `tiny`, got one for `pocket`'],
    ['an odd width', { width: 36 }, '`width` to be a multiple of 8'],
    ['no prompt', { prompts: [] }, 'at least one prompt'],
    ['a prior that is not there', { start: 'prior' }, 'has no prior'],
    ['a picture start without a picture', { start: 'picture' }, 'Expected `init`'],
  ])('is refused in one sentence: %s', async (_, changes, message) => {
    await expect(paintAll({ request: request(changes) })).rejects.toThrow(message);
  });
});

describe('chunks', () => {
  it('give the whole to rounding, with a smaller last chunk', async () => {
    const whole = await paintAll({ request: request({ steps: 3, cutouts: 7 }) });
    const parts = await paintAll({ request: request({ steps: 3, cutouts: 7, chunk: 3 }) });
    const losses = (events: PaintEvent[]) =>
      events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));
    for (const [index, loss] of losses(whole).entries()) {
      expect(losses(parts)[index]).toBeCloseTo(loss, 5);
    }
  });

  it('sum over several CLIPs in parts as in whole', async () => {
    const done = await paintDone({ request: request({ model: 'two' }) }, twoClips);
    const chunked = await paintDone({ request: request({ model: 'two', chunk: 1 }) }, twoClips);
    expect(chunked.loss).toBeCloseTo(done.loss, 5);
  });
});

describe('several CLIPs', () => {
  it('count by their weights', async () => {
    const lossWith = async (...clips: number[]) => {
      const name = `weights-${clips.join('-')}`;
      await writeTinyModel(join(folder, name), { name, clips });
      const model = await loadModel({ folder: join(folder, name) });
      const own = createPainter({ model, runtime: createRuntime({ provider: 'cpu', threads: 1 }) });
      const { loss } = await paintDone({ request: request({ model: name, steps: 1 }) }, own);
      await own.release();
      return loss;
    };
    const [base, heavier] = [await lossWith(1, 2), await lossWith(1, 4)];
    const second = (heavier - base) / 2;
    const first = base - 2 * second;
    expect(await lossWith(3, 2)).toBeCloseTo(3 * first + 2 * second, 5);
    expect(Math.min(first, second)).toBeGreaterThan(0.1);
  });
});
