import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { COLOURS } from '../../src/paint/canvas/effects.js';
import { paletteOf } from '../../src/paint/canvas/palette-of.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { composeRequest, type Wish } from '../../src/requests/compose-request.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';

const model = await loadModel({ name: 'pocket' });
const painter = createPainter({ model, runtime: createRuntime({ provider: 'cpu', threads: 1 }) });
afterAll(() => painter.release());

const [INIT, MASK, NIGHT, BALL] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
  ...[string, string, string, string],
];
const SIDE = 64;

function picture(paint: (x: number, y: number) => readonly number[]): Picture {
  const pixels = Array.from({ length: SIDE * SIDE }, (_, at) => paint(at % SIDE, Math.floor(at / SIDE)));
  return { width: SIDE, height: SIDE, pixels: Uint8Array.from(pixels.flat()) };
}

const isWithin = (x: number, y: number) => x >= 32 && y < 40;
const images = new Map([
  [INIT, picture((_, y) => [60, 120 + y, 200])],
  [MASK, picture((x, y) => (isWithin(x, y) ? [255, 255, 255] : [0, 0, 0]))],
  [BALL, picture((x, y) => (Math.hypot(x - 40, y - 24) < 14 ? [210, 60, 50] : [120, 160 + y, 220]))],
  [NIGHT, picture((x, y) => [10 + x / 4, 10 + y / 2, 70 + x])],
]);

/** The start as it is shown, and the end, of a small quick painting. */
async function paint(wish: Omit<Wish, 'prompts'>): Promise<readonly [Picture, Picture]> {
  const request = composeRequest(
    {
      ...{ prompts: [{ text: 'a red balloon', weight: 1 }], size: { width: SIDE, height: SIDE }, seed: 4 },
      ...{ quality: 'draft', steps: 2, cutouts: 2, ...wish },
    },
    model.manifest,
  );
  const shown: Picture[] = [];
  for await (const event of painter.paint({ request, images })) {
    if (event.type === 'frame' || event.type === 'done') shown.push(event.picture);
  }
  const [start, end] = [shown[0], shown.at(-1)];
  if (!start || !end) throw new Error('A start from the prior is shown.');
  return [start, end];
}

/** The mean distance of a picture's pixels from the nearest colours of another one. */
function offPalette({ pixels }: Picture, palette: Picture): number {
  const colours = paletteOf(palette, COLOURS);
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const distances = Array.from({ length: COLOURS }, (_, colour) =>
      Math.hypot(...[0, 1, 2].map((c) => (pixels[at + c] ?? 0) / 255 - (colours[3 * colour + c] ?? 0))),
    );
    sum += Math.min(...distances);
  }
  return sum / (pixels.length / 3);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean difference of two pictures' channels, 0…255. */
const apart = (one: Picture, other: Picture) =>
  mean(Array.from(one.pixels, (value, at) => Math.abs(value - (other.pixels[at] ?? 0))));

/** How far channels are from their pixel's mean. */
const colourOf = ({ pixels }: Picture) =>
  mean(
    Array.from(pixels, (value, at) => {
      const first = at - (at % 3);
      return Math.abs(value - mean([...pixels.subarray(first, first + 3)]));
    }),
  );

/** How far pixels are from their right neighbour. */
const unrestOf = ({ pixels }: Picture) =>
  mean(Array.from(pixels, (value, at) => ((pixels[at + 3] ?? value) - value) ** 2));

describe('inside a mask', () => {
  it('something new is there from the beginning, and outside every pixel stays', async () => {
    const init = images.get(INIT);
    const [start, end] = await paint({ init: INIT, mask: MASK, coarse: 0.01 });
    let changed = 0;
    for (let at = 0; at < SIDE * SIDE; at += 1) {
      const of = (shown: Picture | undefined) => [...(shown?.pixels.subarray(3 * at, 3 * at + 3) ?? [])];
      if (isWithin(at % SIDE, Math.floor(at / SIDE))) {
        const [before = [], after = []] = [of(init), of(start)];
        if (after.some((value, channel) => Math.abs(value - (before[channel] ?? 0)) > 40)) changed += 1;
      } else for (const shown of [start, end]) expect(of(shown)).toEqual(of(init));
    }
    expect(changed).toBeGreaterThan(0.15 * 32 * 40);
  });
});

describe('a palette with a pull of 1', () => {
  it('halves at least how far the picture is from its colours', async () => {
    const night = images.get(NIGHT);
    if (!night) throw new Error('It is among the pictures.');
    const [[, plain], [, pulled]] = [await paint({}), await paint({ palette: NIGHT })];
    expect(offPalette(pulled, night)).toBeLessThan(offPalette(plain, night) / 2);
  });
});

describe('a pull of 1', () => {
  const begun = { init: BALL, steps: 8, learningRate: 0.1 };
  let plain: Picture;
  beforeAll(async () => {
    [, plain] = await paint(begun);
  });

  it('towards colour shows, and one of -1 takes much of it', async () => {
    const [, bright] = await paint({ ...begun, saturation: 1 });
    const [, grey] = await paint({ ...begun, saturation: -1 });
    expect(colourOf(bright)).toBeGreaterThan(1.15 * colourOf(plain));
    expect(colourOf(grey)).toBeLessThan(0.7 * colourOf(plain));
  });

  it('towards calm shows', async () => {
    const [, calm] = await paint({ ...begun, smooth: 1 });
    expect(unrestOf(calm)).toBeLessThan(0.9 * unrestOf(plain));
  });

  it('towards the start picture holds the painting near it', async () => {
    const [start] = await paint({ ...begun, steps: 1 });
    const [, held] = await paint({ ...begun, pull: 1 });
    expect(apart(held, start)).toBeLessThan(0.7 * apart(plain, start));
  });
});

describe('a variation', () => {
  it('of 0.5 is another picture of the same, one of 0.1 nearly the picture itself, one of 1 further away', async () => {
    const [still] = await paint({ init: BALL, steps: 1 });
    const distances: number[] = [];
    for (const vary of [0.1, 0.5, 1]) {
      const [begun] = await paint({ init: BALL, steps: 1, vary });
      distances.push(apart(begun, still));
    }
    const [near = 0, middle = 0, far = 0] = distances;
    expect(near).toBeLessThan(8);
    expect(middle).toBeGreaterThan(12);
    expect(middle).toBeLessThan(40);
    expect(far).toBeGreaterThan(1.2 * middle);
  });
});
