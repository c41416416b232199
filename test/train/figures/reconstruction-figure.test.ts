import { expect, it } from 'vitest';
import type { Codec } from '../../../src/paint/latent/codec.js';
import { cellsFigure } from '../../../src/train/figures/reconstruction-figure.js';

/** Codes are brightnesses; a cell is 4 × 4 pixels of its code, and twice as bright beside another code. */
const codec: Codec = {
  canEncode: true,
  encode: async () => Int32Array.of(10, 20, 30, 40),
  decode: async (codes, { rows, columns }) => {
    const isAlone = new Set(codes).size === 1;
    return {
      ...{ width: columns * 4, height: rows * 4 },
      pixels: new Uint8Array(rows * columns * 48).fill((codes[0] ?? 0) * (isAlone ? 1 : 2)),
    };
  },
  release: async () => undefined,
};

it('paints every cell as its code looks alone', async () => {
  const picture = { width: 8, height: 8, pixels: new Uint8Array(192) };
  const { pixels } = await cellsFigure(picture, { rows: 2, columns: 2 }, codec);
  const at = (x: number, y: number) => pixels[(y * 8 + x) * 3];
  expect([at(0, 0), at(7, 0), at(0, 7), at(7, 7), at(3, 3), at(4, 4)]).toEqual([10, 20, 30, 40, 10, 40]);
});
