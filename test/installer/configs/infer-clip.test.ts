import { readFileSync } from 'node:fs';
import type { Shape } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import type {
  ClipResnetConfig,
  ClipTextConfig,
  ClipVitConfig,
} from '../../../src/contracts/architectures.js';
import { readHfClipConfig } from '../../../src/installer/configs/hf-clip-config.js';
import { inferClip } from '../../../src/installer/configs/infer-clip.js';
import { drawings } from '../../../src/installer/install/drawings.js';
import { weightsOf } from '../../../src/installer/layouts/open-weights.js';
import { wantedWeights } from '../../../src/installer/wanted-weights.js';
import { CLIPS } from '../../../src/zoo/architectures/clip-config.js';
import { fakeCheckpoint } from '../layouts/fake-checkpoint.js';

const pixels: { mean: [number, number, number]; std: [number, number, number]; range: [number, number] } = {
  mean: [0, 0, 0],
  std: [1, 1, 1],
  range: [0, 1],
};

function shapesOf(image: ClipVitConfig | ClipResnetConfig, text: ClipTextConfig): ReadonlyMap<string, Shape> {
  const tower =
    'patch' in image
      ? ({ architecture: 'clip-vit', config: image } as const)
      : ({ architecture: 'clip-resnet', config: image } as const);
  return wantedWeights([
    drawings.image({ ...tower, weights: 'x', size: image.size, ...pixels }),
    drawings.text({ architecture: 'clip', config: text, weights: 'x', context: text.context }),
  ]);
}

/** Published widths at few layers. */
const SHALLOW: readonly { name: string; image: ClipVitConfig | ClipResnetConfig; text: ClipTextConfig }[] = [
  {
    name: 'ViT-B/32',
    image: { ...CLIPS['ViT-B/32'].image, layers: 2 },
    text: { ...CLIPS['ViT-B/32'].text, layers: 3 },
  },
  {
    name: 'RN50x4',
    image: { embedding: 640, size: 288, width: 80, layers: [1, 2, 1, 1], heads: 40 },
    text: { ...CLIPS['ViT-B/32'].text, embedding: 640, width: 640, heads: 10, layers: 1 },
  },
];

describe('inferClip', () => {
  it.each(SHALLOW)('finds the shape of $name in its weights', ({ image, text }) => {
    const shapes = shapesOf(image, text);
    const found = inferClip((tensor) => shapes.get(tensor), { activation: 'quick-gelu' });
    expect(found.image.config).toEqual(image);
    expect(found.text).toEqual({ architecture: 'clip', config: text });
  });

  it("finds it in transformers' names, and takes heads from the configuration", () => {
    const names: { clip: Record<string, Shape> } = JSON.parse(
      readFileSync(new URL('../layouts/names.json', import.meta.url), 'utf8'),
    );
    const weights = weightsOf(fakeCheckpoint(names.clip), 'clip', 'model.safetensors');
    const found = inferClip(weights.shapeOf, { activation: 'gelu', imageHeads: 3, textHeads: 2 });
    expect(found).toEqual({
      image: {
        architecture: 'clip-vit',
        config: { width: 24, layers: 3, heads: 3, embedding: 12, size: 16, patch: 4, activation: 'gelu' },
      },
      text: {
        architecture: 'clip',
        config: {
          width: 16,
          layers: 2,
          heads: 2,
          context: 7,
          vocabulary: 40,
          embedding: 12,
          activation: 'gelu',
        },
      },
    });
    const { image, text } = found;
    if (image.architecture !== 'clip-vit' || text.architecture !== 'clip') throw new Error('another kind');
    expect(weights.collect(shapesOf(image.config, text.config)).size).toBeGreaterThan(50);
  });

  it('asks for the number of heads where weights of that width could have several', () => {
    const shapes = shapesOf(
      { ...CLIPS['ViT-B/32'].image, width: 1280, heads: 16, layers: 1 },
      { ...CLIPS['ViT-B/32'].text, layers: 1 },
    );
    expect(() => inferClip((name) => shapes.get(name), { activation: 'gelu' })).toThrow(
      /How many heads a tower of width 1280 has does not show/,
    );
  });

  it('names what a CLIP would have', () => {
    expect(() => inferClip(() => undefined, { activation: 'gelu' })).toThrow(
      /`ln_final.weight` is not among them/,
    );
  });
});

describe('readHfClipConfig', () => {
  const towers = (vision: object, text: object) => ({
    model_type: 'clip',
    vision_config: vision,
    text_config: text,
  });

  it('reads activation and heads', () => {
    const config = towers(
      { hidden_act: 'gelu', num_attention_heads: 16 },
      { hidden_act: 'gelu', num_attention_heads: 4 },
    );
    expect(readHfClipConfig(config, 'config.json')).toEqual({
      activation: 'gelu',
      imageHeads: 16,
      textHeads: 4,
    });
  });

  it('knows what the library takes where a file says nothing', () => {
    expect(readHfClipConfig(towers({}, {}), 'config.json')).toEqual({
      activation: 'quick-gelu',
      imageHeads: 12,
      textHeads: 8,
    });
    expect(readHfClipConfig({ model_type: 'siglip' }, 'config.json')).toMatchObject({
      activation: 'tanh-gelu',
    });
  });

  it.each([
    [
      'towers that differ',
      towers({ hidden_act: 'gelu' }, { hidden_act: 'quick_gelu' }),
      /one `hidden_act` for both towers/,
    ],
    ['another activation', towers({ hidden_act: 'relu' }, { hidden_act: 'relu' }), /got relu and relu/],
    ['another model', { model_type: 'bert' }, /Expected the config.json of a CLIP or SigLIP/],
    ['a list', [], /Expected the config.json of a CLIP/],
  ])('refuses %s', (_, contents, message) => {
    expect(() => readHfClipConfig(contents, 'config.json')).toThrow(message);
  });
});
