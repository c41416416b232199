import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import type { Painter, PaintJob } from '../../src/paint/api.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { decodeState, encodeState } from '../../src/paint/latent/saved-state.js';
import { type PaintRequest, paintRequestSchema } from '../../src/requests/paint-request.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { sha256 } from '../../src/zoo/sha256.js';
import { writeTinyModel } from '../support/tiny-model.js';

let folder: string;
let painter: Painter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-effects-'));
  await writeTinyModel(folder);
  const runtime = createRuntime({ provider: 'cpu', threads: 1, cacheDir: join(folder, 'cache') });
  painter = createPainter({ model: await loadModel({ folder }), runtime });
});
afterAll(async () => {
  await painter.release();
  await rm(folder, { recursive: true });
});

const INIT = 'a'.repeat(64);
const MASK = 'b'.repeat(64);
const COLOURS = 'c'.repeat(64);

/** A picture whose pixels tell where they are. */
function picture(
  width: number,
  height: number,
  paint = (x: number, y: number) => [5 * x, 5 * y, 99],
): Picture {
  const pixels = Array.from({ length: width * height }, (_, at) => paint(at % width, Math.floor(at / width)));
  return { width, height, pixels: Uint8Array.from(pixels.flat()) };
}

const images = new Map([
  [INIT, picture(32, 32)],
  [MASK, picture(32, 32, (x) => (x < 16 ? [255, 255, 255] : [0, 0, 0]))],
  [COLOURS, picture(8, 8, (x) => (x < 4 ? [200, 30, 30] : [30, 30, 200]))],
]);

type Changes = { readonly [Key in keyof PaintRequest]?: unknown };

function request(changes: Changes = {}): PaintRequest {
  return paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a red apple' }], model: 'tiny', width: 32, height: 32, steps: 4 },
    ...{ seed: 7, start: 'noise', cutouts: 3, learningRate: 0.2, frames: {}, upscale: 1, ...changes },
  });
}

async function paint(changes: Changes = {}, job: Partial<PaintJob> = {}) {
  for await (const event of painter.paint({ request: request(changes), images, ...job })) {
    if (event.type === 'done') return event;
  }
  throw new Error('A painting ends with done.');
}

const pixel = ({ width, pixels }: Picture, x: number, y: number) => [
  ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];

const places = (width: number, height: number) =>
  Array.from({ length: width * height }, (_, at) => [at % width, Math.floor(at / width)] as const);

describe('symmetry', () => {
  it.each([
    ['left-right', (x: number, y: number) => [31 - x, y]],
    ['top-bottom', (x: number, y: number) => [x, 31 - y]],
    ['both', (x: number, y: number) => [31 - x, 31 - y]],
  ] as const)('of %s holds to the pixel', async (symmetry, mirrored) => {
    const { picture: painted } = await paint({ symmetry });
    for (const [x, y] of places(32, 32)) {
      const [otherX = 0, otherY = 0] = mirrored(x, y);
      expect(pixel(painted, x, y)).toEqual(pixel(painted, otherX, otherY));
    }
    expect(painted).not.toEqual((await paint()).picture);
  });
});

describe('a tile', () => {
  it('looks the same from wherever it is cut: moved by a cell, so is its picture', async () => {
    await paint({ tile: true, width: 48, height: 40, steps: 2 });
    const painting = decodeState(painter.state() ?? new Uint8Array());
    const { rows, columns } = painting;
    const rolled = painting.latent.map((_, at) => {
      const [channel, row, column] = [
        Math.floor(at / (rows * columns)),
        Math.floor(at / columns) % rows,
        at % columns,
      ];
      return painting.latent[(channel * rows + ((row + 1) % rows)) * columns + ((column + 1) % columns)] ?? 0;
    });
    const show = async (latent: Float32Array, tile?: true) => {
      const shown = request({ ...(tile && { tile }), width: 48, height: 40, steps: 2 });
      const state = encodeState({ ...painting, request: shown, latent });
      return (await paint(shown, { state })).picture;
    };
    const error = (one: Picture, other: Picture) => {
      const differences = places(48, 40).map(([x, y]) => {
        const moved = pixel(other, (x + 40) % 48, (y + 32) % 40);
        return Math.abs((pixel(one, x, y)[0] ?? 0) - (moved[0] ?? 0));
      });
      return Math.max(...differences);
    };
    expect(error(await show(painting.latent, true), await show(rolled, true))).toBeLessThanOrEqual(1);
    expect(error(await show(painting.latent), await show(rolled))).toBeGreaterThan(5);
  });
});

describe('a mask', () => {
  const masked = { start: 'picture', init: { image: INIT, strength: 1, pull: 0, mask: MASK } };

  it('keeps the picture outside to the pixel, and paints inside', async () => {
    const { picture: painted } = await paint(masked);
    const given = picture(32, 32);
    for (const [x, y] of places(32, 32).filter(([column]) => column >= 16)) {
      expect(pixel(painted, x, y)).toEqual(pixel(given, x, y));
    }
    const inside = places(16, 32).filter(([x, y]) => `${pixel(painted, x, y)}` !== `${pixel(given, x, y)}`);
    expect(inside.length).toBeGreaterThan(400);
  });

  it('may lie over what a start of another kind gives', async () => {
    const { picture: painted } = await paint({ ...masked, start: 'noise' });
    expect(pixel(painted, 20, 9)).toEqual(pixel(picture(32, 32), 20, 9));
  });

  it('keeps the picture in chunks and with several grids, too', async () => {
    const { picture: painted } = await paint({ ...masked, chunk: 2, coarse: 0.5 });
    expect(pixel(painted, 31, 31)).toEqual(pixel(picture(32, 32), 31, 31));
  });
});

describe('a picture with room around it', () => {
  it('is kept where it lies, to the pixel, and goes on beyond', async () => {
    const init = { image: INIT, strength: 1, pull: 0, place: 'left' };
    const { picture: painted } = await paint({ start: 'picture', width: 64, height: 48, init });
    for (const [x, y] of places(32, 32)) {
      expect(pixel(painted, x, y + 8)).toEqual(pixel(picture(32, 32), x, y));
    }
    expect(new Set(places(32, 48).map(([x, y]) => `${pixel(painted, x + 32, y)}`)).size).toBeGreaterThan(200);
  });
});

describe('pulls', () => {
  const chroma = ({ pixels }: Picture) => {
    const spreads = places(32, 32).map((_, at) => {
      const channels = [...pixels.subarray(3 * at, 3 * at + 3)];
      return Math.max(...channels) - Math.min(...channels);
    });
    return spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
  };
  const variation = (painted: Picture) =>
    places(31, 31).reduce((sum, [x, y]) => {
      const here = pixel(painted, x, y)[1] ?? 0;
      return (
        sum +
        (here - (pixel(painted, x + 1, y)[1] ?? 0)) ** 2 +
        (here - (pixel(painted, x, y + 1)[1] ?? 0)) ** 2
      );
    }, 0);
  it('bring colour and calm, also in chunks', async () => {
    const steps = { steps: 12 };
    const { picture: plain } = await paint(steps);
    const { picture: bright } = await paint({ ...steps, saturation: 1000 });
    const { picture: grey } = await paint({ ...steps, saturation: -1000 });
    expect(chroma(bright)).toBeGreaterThan(chroma(plain));
    expect(chroma(grey)).toBeLessThan(chroma(plain));
    const { picture: calm } = await paint({ ...steps, smooth: 1000 });
    expect(variation(calm)).toBeLessThan(variation(plain));
    const palette = { image: COLOURS, pull: 1000 };
    const [coloured, chunked] = [
      await paint({ ...steps, palette }),
      await paint({ ...steps, palette, chunk: 2 }),
    ];
    expect(coloured.picture).not.toEqual(plain);
    expect(chunked.loss).toBeCloseTo(coloured.loss, 2);
  });
});

describe('a variation', () => {
  const varied = (vary: number, seed = 7) =>
    paint({
      start: 'picture',
      init: { image: INIT, strength: 1, pull: 0 },
      vary,
      seed,
      steps: 1,
      learningRate: 1e-6,
    });
  const apart = (one: Picture, other: Picture) =>
    one.pixels.reduce((sum, value, at) => sum + Math.abs(value - (other.pixels[at] ?? 0)), 0);

  it('is further from its picture the more it varies, and another for every seed', async () => {
    const [still, near, far, other] = [
      await varied(0),
      await varied(0.2),
      await varied(2),
      await varied(0.2, 8),
    ];
    expect(apart(still.picture, near.picture)).toBeGreaterThan(0);
    expect(apart(still.picture, far.picture)).toBeGreaterThan(apart(still.picture, near.picture));
    expect(other.picture).not.toEqual(near.picture);
  });

  it('of a saved painting begins with its very latent', async () => {
    await paint();
    const state = painter.state() ?? new Uint8Array();
    const name = sha256(state);
    const begun = await paint(
      { start: 'picture', init: { image: name, strength: 1, pull: 0 } },
      { states: new Map([[name, state]]), signal: AbortSignal.abort() },
    );
    expect(begun.picture).toEqual((await paint({}, { state })).picture);
  });
});

describe('an end before the last step', () => {
  it('comes when the loss has not fallen for as long as there is patience', async () => {
    const still = { steps: 40, learningRate: 1e-6, patience: 5 };
    expect(await paint(still)).toMatchObject({ ended: 'early' });
    expect(await paint({ ...still, steps: 5 })).toMatchObject({ ended: 'finished' });
  });
});

describe('a journey', () => {
  it('moves the picture between steps and paints on', async () => {
    const stayed = await paint({ steps: 3 });
    const moves = { zoom: 1, x: 0, y: 0, every: 2 };
    for (const changes of [{ zoom: 1.5 }, { x: 9 }, { y: -9 }]) {
      expect((await paint({ steps: 3, drift: { ...moves, ...changes } })).picture).not.toEqual(
        stayed.picture,
      );
      expect((await paint({ steps: 2, drift: { ...moves, ...changes } })).loss).toBeCloseTo(
        (await paint({ steps: 2 })).loss,
        1,
      );
    }
  });
});

describe('going on from a state', () => {
  const kept = { start: 'picture', init: { image: INIT, strength: 1, pull: 0, mask: MASK } };
  it.each<readonly [string, Changes]>([
    ['a tile', { tile: true }],
    ['a mask', kept],
    ['patience', { patience: 30 }],
    ['a journey', { drift: { zoom: 1.1, x: 1, y: 2, every: 2 }, ema: 0.5 }],
    [
      'a story',
      {
        prompts: [
          { text: 'a', chapter: 0 },
          { text: 'fog', chapter: 1 },
        ],
      },
    ],
    ['the reference’s crops', { compat: 'crops' }],
    ['the reference’s pooled views', { compat: 'pool' }],
  ])('comes to the same bytes with %s', async (_, changes) => {
    let state: Uint8Array | undefined;
    let whole: Picture | undefined;
    for await (const event of painter.paint({ request: request({ ...changes, steps: 6 }), images })) {
      if (event.type === 'step' && event.step === 3) state = painter.state();
      if (event.type === 'done') whole = event.picture;
    }
    if (!state) throw new Error('Three steps give a state.');
    expect((await paint({ ...changes, steps: 6 }, { state })).picture).toEqual(whole);
  });
});
