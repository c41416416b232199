import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { drifted, driftsBefore } from '../../../src/paint/canvas/drift.js';
import { paletteOf } from '../../../src/paint/canvas/palette-of.js';
import { placePicture } from '../../../src/paint/canvas/place-picture.js';
import { chapterCount, chapterShare } from '../../../src/paint/step/chapters.js';
import { trendAfter } from '../../../src/paint/step/trend.js';
import { paintRequest } from '../../ledger/fixtures.js';

/** A row of greys. */
const row = (...greys: number[]): Picture => ({
  ...{ width: greys.length, height: 1 },
  pixels: Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey])),
});
const greys = ({ pixels }: Picture) => [...pixels].filter((_, at) => at % 3 === 0);

describe('a placed picture', () => {
  it('lies where it should, mirrored beyond its edges', () => {
    const { picture, beyond } = placePicture(row(1, 2, 3), { width: 8, height: 1 }, 'centre');
    expect(greys(picture)).toEqual([3, 2, 1, 1, 2, 3, 3, 2]);
    expect([...beyond]).toEqual([1, 1, 1, 0, 0, 0, 1, 1]);
    expect([...placePicture(row(1, 2), { width: 4, height: 1 }, 'right').beyond]).toEqual([1, 1, 0, 0]);
  });

  it('is made smaller only where it would not fit', () => {
    const { beyond } = placePicture(
      row(...Array.from({ length: 16 }, () => 9)),
      { width: 8, height: 2 },
      'top',
    );
    expect([...beyond]).toEqual([
      ...Array.from({ length: 8 }, () => 0),
      ...Array.from({ length: 8 }, () => 1),
    ]);
  });
});

describe('a palette', () => {
  it('has the colours of a picture, small ones too', () => {
    const pixels = Uint8Array.from(
      Array.from({ length: 100 }, (_, at) =>
        at < 3 ? [255, 0, 0] : at < 50 ? [0, 51, 0] : [0, 0, 255],
      ).flat(),
    );
    const colours = paletteOf({ width: 10, height: 10, pixels }, 4);
    const named = Array.from({ length: 4 }, (_, at) =>
      [...colours.slice(3 * at, 3 * at + 3)].map((value) => value.toFixed(1)).join(),
    );
    for (const colour of ['1.0,0.0,0.0', '0.0,0.2,0.0', '0.0,0.0,1.0']) expect(named).toContain(colour);
  });
});

describe('a journey', () => {
  it('moves after every so many steps, and what comes in is mirrored', () => {
    expect(
      [1, 2, 3, 4, 5].filter((step) =>
        driftsBefore(step, paintRequest({ drift: { zoom: 1, x: 0, y: 0, every: 2 } })),
      ),
    ).toEqual([3, 5]);
    expect(greys(drifted(row(10, 20, 30, 40), { zoom: 1, x: 1, y: 0, every: 1 }))).toEqual([20, 10, 20, 30]);
    expect(greys(drifted(row(0, 100, 200), { zoom: 2, x: 0, y: 0, every: 1 }))).toEqual([50, 100, 150]);
  });
});

describe('a story', () => {
  const request = paintRequest({
    steps: 30,
    prompts: [0, 1, 2].map((chapter) => ({ text: 'a', weight: 1, chapter })),
  });
  const sharesAt = (step: number, dwell?: number) =>
    [0, 1, 2].map((chapter) => chapterShare(chapter, { step, request: { ...request, dwell } }));

  it('gives each chapter its time and fades one into the next; shares sum to 1', () => {
    expect(chapterCount(request)).toBe(3);
    expect([sharesAt(1), sharesAt(15), sharesAt(30)]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(sharesAt(10)[0]).toBeGreaterThan(sharesAt(11)[0] ?? 1);
    for (let step = 1; step <= 30; step += 1) {
      for (const dwell of [0, 0.5, 1, undefined]) {
        expect(sharesAt(step, dwell).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      }
    }
  });
});

describe('a trend', () => {
  it('remembers when the loss last fell, over the noise of its cutouts', () => {
    const losses = [1, 0.5, 1, 0.5, 0.5, 0.52, 0.51, 0.5];
    const falling = losses.map((loss, at) => loss - at / 10);
    const last = (all: readonly number[]) =>
      all.reduce(
        (trend: ReturnType<typeof trendAfter> | undefined, loss, at) =>
          trendAfter(trend, { step: at + 1, loss }),
        undefined,
      );
    expect(last(falling)?.leastAt).toBe(8);
    expect(last([1, 1, 1, 1])?.leastAt).toBe(1);
  });
});
