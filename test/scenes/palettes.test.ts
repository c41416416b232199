import { describe, expect, it } from 'vitest';
import { luma, type Rgb } from '../../training/scenes/colour.js';
import type { LightName } from '../../training/scenes/light.js';
import { paintScene } from '../../training/scenes/paint-scene.js';
import { colourAt } from '../../training/scenes/raster.js';
import { SUBJECT_NAMES, SUBJECTS, type SubjectName } from '../../training/scenes/subjects.js';

interface Look {
  readonly mean: Rgb;
  readonly luma: number;
  /** The mean difference of the largest and the smallest channel. */
  readonly colour: number;
  /** The share of bright pixels. */
  readonly bright: number;
}

function look(subject: SubjectName, light: LightName): Look {
  const { raster } = paintScene({ subject, light, seed: 5 });
  const pixels: Rgb[] = [];
  for (let y = 0; y < raster.height; y += 2)
    for (let x = 0; x < raster.width; x += 2) pixels.push(colourAt(raster, x, y));
  const average = (of: (pixel: Rgb) => number) =>
    pixels.reduce((sum, pixel) => sum + of(pixel), 0) / pixels.length;
  const mean: Rgb = [average(([red]) => red), average(([, green]) => green), average(([, , blue]) => blue)];
  return {
    ...{ mean, luma: luma(mean) },
    colour: average((pixel) => Math.max(...pixel) - Math.min(...pixel)),
    bright: average((pixel) => (luma(pixel) > 0.7 ? 1 : 0)),
  };
}

const isWarm = ({ mean: [red, , blue] }: Look) => red > blue + 0.03;
const isCold = ({ mean: [red, , blue] }: Look) => blue > red + 0.03;

/** What the words of a subject with a light of its own promise. */
const PROMISES: { readonly [Name in SubjectName]?: readonly [string, (look: Look) => boolean] } = {
  cave: ['dark, with something that glows', ({ luma, bright }) => luma < 0.35 && bright > 0.02],
  underwater: ['blue and green', isCold],
  nebula: ['dark', ({ luma }) => luma < 0.35],
  planet: ['dark around it', ({ luma }) => luma < 0.4],
  moon: ['grey', ({ colour }) => colour < 0.1],
  fruit: ['warm or deep colours', ({ colour }) => colour > 0.1],
  bouquet: ['warm', isWarm],
  candle: ['warm, with a small light', (seen) => isWarm(seen) && seen.bright > 0.01 && seen.bright < 0.3],
  loneliness: ['muted', ({ colour }) => colour < 0.12],
  sadness: ['cold and not bright', (seen) => isCold(seen) && seen.luma < 0.55],
  happiness: ['bright and colourful', ({ luma, colour }) => luma > 0.55 && colour > 0.25],
  peace: ['bright and pale', ({ luma, colour }) => luma > 0.6 && colour < 0.2],
  fear: ['dark', ({ luma }) => luma < 0.25],
  love: ['warm', isWarm],
  anger: ['red', ({ mean: [red, green] }) => red > green + 0.2],
  hope: ['warm and light', (seen) => isWarm(seen) && seen.luma > 0.45],
  dream: ['light', ({ luma }) => luma > 0.5],
  mystery: ['dark', ({ luma }) => luma < 0.4],
  backdrop: ['quiet', ({ bright }) => bright < 0.5],
};

const lightsOf = (subject: SubjectName): readonly LightName[] => SUBJECTS[subject].lights;

describe('what a scene is called', () => {
  it.each(SUBJECT_NAMES.filter((subject) => lightsOf(subject).includes('night')))(
    'is dark by night: %s',
    (subject) => {
      expect(look(subject, 'night').luma).toBeLessThan(0.4);
    },
  );

  it.each(SUBJECT_NAMES.filter((subject) => lightsOf(subject).length === 0))(
    'keeps what its own light promises: %s',
    (subject) => {
      const [promise, holds] = PROMISES[subject] ?? ['to be described in this test', () => false];
      const seen = look(subject, 'noon');
      expect(holds(seen), `${subject} should be ${promise}: ${JSON.stringify(seen)}`).toBe(true);
    },
  );

  it('is one of those held to it', () => {
    const dark = SUBJECT_NAMES.filter((subject) => lightsOf(subject).includes('night'));
    expect([...dark, ...Object.keys(PROMISES)].sort()).toEqual([...SUBJECT_NAMES].sort());
  });
});
