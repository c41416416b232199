import { describe, expect, it } from 'vitest';
import { composeRequest, composerFor, type Door, type Wish } from '../../src/requests/compose-request.js';
import type { ModelFacts, ModelSource } from '../../src/requests/model-facts.js';
import { freshSeed } from '../../src/requests/options.js';
import { facts, gifted, IMAGE } from './facts.js';

const compose = (
  wish: Partial<Wish> = {},
  { door, model = facts }: { door?: Door; model?: typeof facts } = {},
) => composeRequest({ prompts: [{ text: 'a cat', weight: 1 }], ...wish }, model, door);

const modelsOf = (...models: readonly ModelFacts[]): ModelSource => ({
  byDefault: models[0]?.name ?? '',
  find: async (name) => models.find((model) => model.name === name),
  list: async () => models,
});

describe('a wish', () => {
  it("without options becomes the model's own defaults and a fresh seed", () => {
    const request = compose();
    expect(request).toMatchObject({
      ...{ model: 'pocket', width: 128, height: 128, steps: 100, cutouts: 16 },
      ...{ start: 'noise', learningRate: 0.1, upscale: 1, frames: {} },
    });
    expect(new Set(Array.from({ length: 20 }, () => compose().seed)).size).toBeGreaterThan(15);
  });

  it("has the model's own shape where nobody gave one, in whole cells", () => {
    const wide = { ...facts, defaults: { ...facts.defaults, width: 192, height: 96 } };
    expect(compose({}, { model: wide })).toMatchObject({ width: 192, height: 96 });
  });

  it.each([
    ['square', 128, 128],
    ['portrait', 104, 160],
    ['landscape', 160, 104],
  ] as const)('has a shape in whole cells: %s', (aspect, width, height) => {
    expect(compose({ aspect })).toMatchObject({ width, height });
  });

  it.each([
    ['draft', 40, 8],
    ['normal', 100, 16],
    ['fine', 200, 24],
  ] as const)('spends the effort of its quality: %s', (quality, steps, cutouts) => {
    expect(compose({ quality })).toMatchObject({ steps, cutouts });
  });

  it('begins anew inside a mask, unless what is under it was asked for', () => {
    const model = { ...gifted, defaults: { ...gifted.defaults, start: 'prior' } } as const;
    const masked = { init: IMAGE, mask: IMAGE };
    expect(compose(masked, { model }).start).toBe('prior');
    for (const wish of [{ strength: 0.5 }, { vary: 0.5 }, { place: 'left' }, { compat: 'crops' }] as const)
      expect(compose({ ...masked, ...wish }, { model }).start).toBe('picture');
    expect(compose(masked, { model: gifted }).start).toBe('picture');
    expect(
      compose({ ...masked, prompts: [], imagePrompt: [{ image: IMAGE, weight: 1 }] }, { model }).start,
    ).toBe('picture');
  });

  it('takes exact steps and cutouts before a quality', () => {
    expect(compose({ quality: 'draft', steps: 7, cutouts: 3 })).toMatchObject({ steps: 7, cutouts: 3 });
  });

  it("is the model's own preset under either name, where the model has one", () => {
    const presets = {
      quick: { steps: 12 },
      artist: { width: 256, height: 256, steps: 70, cutouts: 20, learningRate: 0.2, coarse: 0.4 },
    };
    const model = {
      ...gifted,
      presets,
      defaults: { ...gifted.defaults, start: 'prior', coarse: 0.3 },
    } as const;
    expect(compose({ quality: 'draft' }, { model })).toMatchObject({ steps: 12, cutouts: 8, coarse: 0.3 });
    for (const wish of [{ quality: 'fine' }, { preset: 'artist' }] as const)
      expect(compose(wish, { model })).toMatchObject(presets.artist);
    expect(compose({ preset: 'artist', steps: 5, aspect: 'landscape' }, { model })).toMatchObject({
      ...{ steps: 5, width: 312, height: 208 },
    });
    expect(compose({ preset: 'artist' })).toMatchObject({ steps: 200, width: 128 });
    expect(() => compose({ preset: 'quick', quality: 'fine' })).toThrow('a `preset` or a `quality`');
  });

  it('is not painted coarsely first by default but from a prior', () => {
    const model = { ...gifted, defaults: { ...gifted.defaults, coarse: 0.3 } };
    expect(compose({}, { model }).coarse).toBeUndefined();
    expect(compose({ start: 'prior' }, { model }).coarse).toBe(0.3);
    expect(compose({ init: IMAGE }, { model }).coarse).toBeUndefined();
    expect(compose({ start: 'prior', zoom: 1.1 }, { model }).coarse).toBeUndefined();
  });

  it('stops at its threshold whatever is painted towards and has none of its own', () => {
    const { prompts, imagePrompts } = compose({
      ...{ stop: 0.4, no: ['fog'] },
      prompts: [
        { text: 'a cat', weight: 1 },
        { text: 'a hat', weight: 2, stop: 0.1 },
        { text: 'rain', weight: -1 },
      ],
      imagePrompt: [
        { image: IMAGE, weight: 1 },
        { image: IMAGE, weight: 1, stop: 0.2 },
      ],
    });
    expect(prompts.map(({ stop }) => stop)).toEqual([0.4, 0.1, undefined, undefined]);
    expect(imagePrompts.map(({ stop }) => stop)).toEqual([0.4, 0.2]);
  });

  it('keeps seeds from 0 to 2³²−1 exactly', () => {
    expect(compose({ seed: 0 }).seed).toBe(0);
    expect(compose({ seed: 0xffff_ffff }).seed).toBe(0xffff_ffff);
    expect(freshSeed()).toBeLessThanOrEqual(0xffff_ffff);
  });

  it('begins with its picture, if it gives one and no other start', () => {
    const request = compose({ init: IMAGE, strength: 0.5 }, { model: gifted });
    expect(request).toMatchObject({ start: 'picture', init: { image: IMAGE, strength: 0.5, pull: 0 } });
    expect(compose({ init: IMAGE, pull: 2, start: 'noise' }, { model: gifted })).toMatchObject({
      ...{ start: 'noise', init: { strength: 1, pull: 2 } },
    });
  });

  it('holds nothing of an option that has no default and was not given', () => {
    expect(compose()).not.toHaveProperty('ema');
    expect(compose({ ema: 0.9, chunk: 4, coarse: 0.5 })).toMatchObject({ ema: 0.9, chunk: 4, coarse: 0.5 });
  });
});

describe('a wish that cannot be', () => {
  it.each<[string, Partial<Wish>, string]>([
    [
      'a value out of range',
      { cutouts: 0 },
      'Expected `cutouts` to be a whole number between 1 and 256, got `0`.',
    ],
    ['a start of no kind', { start: 'chaos' as never }, 'to be one of prior, noise, picture, got `"chaos"`.'],
    ['a size between cells', { size: { width: 100, height: 128 } }, 'Expected `width` to be a multiple of 8'],
    [
      'size and aspect',
      { size: { width: 64, height: 64 }, aspect: 'square' },
      'a `size` or an `aspect`, got both.',
    ],
    ['a strength of nothing', { strength: 0.5 }, 'Expected an `init` picture with `strength`.'],
    ['a pull to nothing', { pull: 2 }, 'Expected an `init` picture with `pull`.'],
    [
      'a picture without use',
      { init: IMAGE, start: 'noise' },
      'Expected `start` to be `picture`, or a `pull`',
    ],
    ['a picture for a model that cannot read it', { init: IMAGE }, 'has no encoder'],
    ['a start that the model lacks', { start: 'prior' }, 'has no prior'],
    ['no prompt', { prompts: [] }, 'Expected at least one prompt.'],
    ['too many to paint away from', { no: Array(17).fill('fog') }, 'Expected at most 16 prompts, got 18.'],
    [
      'a prompt that its style makes too long',
      { prompts: [{ text: 'x'.repeat(1000), weight: 1 }], style: 'ink' },
      'Expected a prompt of at most 1000 characters',
    ],
  ])('is refused in one sentence: %s', (_, wish, sentence) => {
    expect(() => compose(wish)).toThrow(sentence);
  });
});

describe('a door', () => {
  it("refuses more steps than it allows and bends a quality's to it", () => {
    const door = { maxSteps: 150 };
    expect(() => compose({ steps: 151 }, { door })).toThrow(
      'Expected `steps` to be a whole number between 1 and 150, got `151`.',
    );
    expect(compose({ quality: 'fine' }, { door }).steps).toBe(150);
  });

  it('shares the steps that it allows among the pictures of a sheet', () => {
    const door = { maxSteps: 150 };
    expect(compose({ quality: 'fine', count: 4 }, { door }).steps).toBe(37);
    expect(compose({ steps: 37, count: 4 }, { door }).steps).toBe(37);
    expect(() => compose({ steps: 38, count: 4 }, { door })).toThrow('between 1 and 37');
  });

  it.each([
    [64, 64],
    [100, 96],
  ])('stays within a longest side of %i', (maxSide, expected) => {
    const request = compose({ aspect: 'landscape' }, { door: { maxSide } });
    expect(request.width).toBe(expected);
    expect(request.height).toBeLessThanOrEqual(expected);
    expect(() => compose({ size: { width: 128, height: 64 } }, { door: { maxSide } })).toThrow(
      `Expected sides of at most ${maxSide}, got 128x64.`,
    );
  });

  it('enlarges until the shorter side is as long as it shows', () => {
    const upscaleFor = (shownSide: number) => compose({}, { door: { shownSide } }).upscale;
    expect([0, 128, 129, 256, 257, 2000].map(upscaleFor)).toEqual([1, 1, 2, 2, 4, 4]);
    expect(compose({ upscale: 1 }, { door: { shownSide: 512 } }).upscale).toBe(1);
  });

  it('enlarges by the network where that was measured to be better, and as somebody says', () => {
    expect(compose({}, { door: { shownSide: 256 } })).toMatchObject({ upscale: 2, upscaler: 'learned' });
    expect(compose({ upscale: 2 })).toMatchObject({ upscaler: 'learned' });
    expect(compose({ upscale: 2, upscaler: 'lanczos' })).toMatchObject({ upscaler: 'lanczos' });
    for (const upscale of [1, 4] as const) expect(compose({ upscale })).not.toHaveProperty('upscaler');
  });

  it('has frames of its own, until somebody says when', () => {
    const door = { frames: { everyMs: 2500 } };
    expect(compose({}, { door }).frames).toEqual({ everyMs: 2500 });
    expect(compose({ every: 10 }, { door }).frames).toEqual({ everySteps: 10 });
  });
});

describe('painting again', () => {
  it('changes the seed and nothing else', async () => {
    const request = compose({ seed: 1, ema: 0.9 });
    const { seed, ...others } = await composerFor(modelsOf(facts), {}).again(request);
    expect({ ...others, seed: 1 }).toEqual(request);
    expect(seed).not.toBe(1);
  });

  it('keeps its model, is checked against it, and is refused where that has changed or is gone', async () => {
    const request = compose({ start: 'prior' }, { model: gifted });
    const again = (...models: readonly ModelFacts[]) => composerFor(modelsOf(...models), {}).again(request);
    const other = { ...facts, name: 'other' };
    expect((await again(other, gifted)).model).toBe(gifted.name);
    await expect(again(facts)).rejects.toThrow('has no prior');
    await expect(again(other)).rejects.toThrow(
      `There is no model \`${facts.name}\` here (any more); there is other.`,
    );
  });
});

describe('a wish for a model', () => {
  const wide = {
    ...facts,
    name: 'wide',
    vqgan: { factor: 16 },
    defaults: { ...facts.defaults, width: 256, height: 256, steps: 77 },
  };
  const composer = composerFor(modelsOf(facts, wide), {});
  const prompts = [{ text: 'a cat', weight: 1 }];

  it("has that model's sizes and steps, and the first one's where none is named", async () => {
    expect(await composer.compose({ prompts, model: 'wide', aspect: '16:9' })).toMatchObject({
      ...{ model: 'wide', width: 336, height: 192, steps: 77 },
    });
    expect(await composer.compose({ prompts })).toMatchObject({ model: facts.name });
  });

  it('is checked against that model, and refused with the names that there are', async () => {
    const size = { width: 264, height: 256 };
    await expect(composer.compose({ prompts, model: 'wide', size })).rejects.toThrow('multiple of 16');
    await expect(composer.compose({ prompts, model: 'none' })).rejects.toThrow(
      `no model \`none\` here (any more); there is ${facts.name}, wide.`,
    );
  });
});
