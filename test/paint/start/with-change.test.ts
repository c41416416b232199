import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { withChange } from '../../../src/paint/start/with-change.js';

const plain = (side: number, value: number): Picture => ({
  width: side,
  height: side,
  pixels: new Uint8Array(side * side * 3).fill(value),
});
const checks: Picture = {
  ...{ width: 8, height: 8 },
  pixels: Uint8Array.from({ length: 192 }, (_, at) => (Math.floor(at / 3) % 2 === 0 ? 80 : 120)),
};

describe('a picture with the change of a coarse one', () => {
  it('keeps its details and takes on the change', () => {
    const grown = withChange(checks, { before: plain(4, 100), after: plain(4, 150) });
    expect(grown.pixels).toEqual(checks.pixels.map((value) => value + 50));
  });

  it('is itself where nothing changed', () => {
    const coarse = plain(4, 33);
    expect(withChange(checks, { before: coarse, after: coarse })).toEqual(checks);
  });

  it('stays within black and white', () => {
    const { pixels } = withChange(checks, { before: plain(4, 255), after: plain(4, 0) });
    expect(new Set(pixels)).toEqual(new Set([0]));
  });
});
