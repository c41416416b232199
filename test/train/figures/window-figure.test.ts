import { expect, it } from 'vitest';
import type { Codec } from '../../../src/paint/latent/codec.js';
import { windowFigure } from '../../../src/train/figures/window-figure.js';

const CELL = 4;
const WHITE = [255, 255, 255];
const FRAME = [220, 38, 38];

/** Every code as a white cell. */
const codec: Codec = {
  canEncode: false,
  encode: () => Promise.reject(new Error('not asked')),
  decode: async (_, { rows, columns }) => ({
    ...{ width: columns * CELL, height: rows * CELL },
    pixels: new Uint8Array(rows * columns * CELL * CELL * 3).fill(255),
  }),
  release: async () => undefined,
};

it('shows of a canvas what the window has drawn so far, framed where it stands', async () => {
  const [own, canvas] = [
    { rows: 4, columns: 4 },
    { rows: 4, columns: 8 },
  ];
  const frames = await windowFigure({ codes: new Int32Array(32), canvas, own, codec });
  expect(frames).toHaveLength(3); // at columns 0, 2 and 4
  const at = (frame: number, x: number, y: number) => {
    const { pixels = new Uint8Array(), width = 1 } = frames[frame] ?? {};
    return [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  };
  const [left, right] = [5, 27]; // columns 1 and 6
  expect([0, 1, 2].map((frame) => at(frame, left, 5))).toEqual([WHITE, WHITE, WHITE]);
  expect(at(1, right, 5)).not.toEqual(WHITE);
  expect(at(2, right, 5)).toEqual(WHITE);
  expect([0, 1, 2].map((frame) => at(frame, frame * 2 * CELL, 5))).toEqual([FRAME, FRAME, FRAME]);
});
