import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../../src/contracts/manifest.js';
import { composeRequest, freshSeed } from '../../../src/discord/asking/wish.js';

const graph = { file: 'a.onnx', input: 'x', output: 'y' };
const manifest = manifestSchema.parse({
  format: 1,
  name: 'pocket',
  title: 'Pocket',
  licence: 'MIT',
  source: 'here',
  vqgan: { factor: 8, codes: 16, dim: 4, decoder: graph, codebook: { file: 'a' }, range: [-1, 1] },
  clips: [
    {
      image: { ...graph, size: 64, mean: [0, 0, 0], std: [1, 1, 1], range: [0, 1] },
      text: { ...graph, context: 77 },
      tokenizer: { file: 'a' },
    },
  ],
  defaults: { width: 128, height: 128, steps: 100, cutouts: 16, learningRate: 0.1, start: 'noise' },
  suggestions: [],
  files: {},
});
const studio = { manifest, limits: { steps: 500, side: 512 }, frameEveryMs: 2000 };
const compose = (wish: object, changes: object = {}) =>
  composeRequest({ prompt: 'a cat', ...wish }, { ...studio, ...changes });

describe('a wish', () => {
  it("without options becomes the model's own defaults and a fresh seed", () => {
    const request = compose({});
    expect(request).toMatchObject({
      width: 128,
      height: 128,
      steps: 100,
      cutouts: 16,
      start: 'noise',
      upscale: 4,
    });
    expect(new Set(Array.from({ length: 20 }, () => compose({}).seed)).size).toBeGreaterThan(15);
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

  it('is read with weights, and refused with a sentence where it cannot be read', () => {
    expect(compose({ prompt: 'a castle | fog:-0.3' }).prompts).toMatchObject([
      { text: 'a castle', weight: 1 },
      { text: 'fog', weight: -0.3 },
    ]);
    expect(() => compose({ prompt: 'a castle | ' })).toThrow(/on both sides of every `\|`/);
    expect(() => compose({ prompt: '   ' })).toThrow('Expected a prompt, got an empty one.');
  });

  it('takes exact steps before a quality', () => {
    expect(compose({ quality: 'draft', steps: 7 }).steps).toBe(7);
  });

  it('keeps seeds from 0 to 2³²−1 exactly', () => {
    expect(compose({ seed: 0 }).seed).toBe(0);
    expect(compose({ seed: 0xffff_ffff }).seed).toBe(0xffff_ffff);
    expect(freshSeed()).toBeLessThanOrEqual(0xffff_ffff);
  });

  it("refuses more steps than the server allows and bends a quality's to it", () => {
    const limits = { steps: 150, side: 512 };
    expect(() => compose({ steps: 151 }, { limits })).toThrow(
      'Expected `steps` to be between 1 and 150, got `151`.',
    );
    expect(compose({ quality: 'fine' }, { limits }).steps).toBe(150);
  });

  it.each([
    [64, 64],
    [100, 96],
  ])('stays within a longest side of %i', (side, expected) => {
    const request = compose({ aspect: 'landscape' }, { limits: { steps: 500, side } });
    expect(request.width).toBe(expected);
    expect(request.height).toBeLessThanOrEqual(expected);
  });
});
