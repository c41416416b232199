import { afterAll, describe, expect, it } from 'vitest';
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

const [INIT, MASK, NIGHT] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const SIDE = 64;

function picture(paint: (x: number, y: number) => readonly number[]): Picture {
  const pixels = Array.from({ length: SIDE * SIDE }, (_, at) => paint(at % SIDE, Math.floor(at / SIDE)));
  return { width: SIDE, height: SIDE, pixels: Uint8Array.from(pixels.flat()) };
}

const isWithin = (x: number, y: number) => x >= 32 && y < 40;
const images = new Map([
  [INIT, picture((_, y) => [60, 120 + y, 200])],
  [MASK, picture((x, y) => (isWithin(x, y) ? [255, 255, 255] : [0, 0, 0]))],
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
