import { describe, expect, it } from 'vitest';
import { enlargedFrom, goneOnWith, variationOf } from '../../src/requests/derive-request.js';
import { readRequest } from '../../src/requests/paint-request.js';
import { IMAGE } from './facts.js';

const story = readRequest({
  ...{ version: 1, model: 'pocket', width: 64, height: 64, steps: 9, seed: 7, cutouts: 2, start: 'prior' },
  ...{ upscale: 1, frames: {}, coarse: 0.3, legs: [4], dwell: 0.4, tile: true },
  prompts: [
    { text: 'spring', chapter: 0 },
    { text: 'autumn', weight: -0.5, stop: -0.2, chapter: 1 },
  ],
  imagePrompts: [{ image: IMAGE, weight: 2, stop: 0.1 }],
  palette: { image: IMAGE, pull: 2 },
  drift: { zoom: 1.1, x: 2, y: -1, every: 4 },
});

describe('a variation', () => {
  it('keeps chapters, weights, stops, the journey, the palette and every other option', () => {
    const { legs: _, coarse: __, ...kept } = story;
    expect(variationOf(story, 'b'.repeat(64))).toEqual({
      ...kept,
      ...{ seed: expect.any(Number), start: 'picture', vary: 0.5 },
      init: { image: 'b'.repeat(64), strength: 1, pull: 0 },
    });
  });

  it('has a seed of its own every time', () => {
    const seeds = Array.from({ length: 20 }, () => variationOf(story, IMAGE).seed);
    expect(new Set(seeds).size).toBeGreaterThan(15);
  });

  it('can be told by a file and painted again', () => {
    const variation = variationOf(story, IMAGE);
    expect(readRequest(JSON.parse(JSON.stringify(variation)))).toEqual(variation);
  });
});

describe('going on', () => {
  it('is half as many steps again, as far as there may be, and remembers where it had ended', () => {
    expect(goneOnWith(story, 2000)).toMatchObject({ steps: 14, legs: [4, 9] });
    expect(goneOnWith(story, 12)).toMatchObject({ steps: 12, legs: [4, 9] });
    expect(goneOnWith(story, 9)).toBeUndefined();
  });
});

describe('enlarging', () => {
  it('is by the network, four times, and once', () => {
    const large = enlargedFrom(story);
    expect(large).toEqual({ ...story, upscale: 4, upscaler: 'learned' });
    expect(large && enlargedFrom(large)).toBeUndefined();
  });
});
