import { readFileSync } from 'node:fs';
import type { Shape } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import type { VqganConfig } from '../../../src/contracts/architectures.js';
import { weightsOf } from '../../../src/installer/layouts/open-weights.js';
import { wantedWeights } from '../../../src/installer/wanted-weights.js';
import { vqganDecoder } from '../../../src/zoo/architectures/vqgan-decoder.js';
import { vqganEncoder } from '../../../src/zoo/architectures/vqgan-encoder.js';
import { fakeCheckpoint } from './fake-checkpoint.js';

type Shapes = Readonly<Record<string, Shape>>;
const path = new URL('names.json', import.meta.url);
// Written by training/reference/layout_names.py.
const published: Readonly<Record<'diffusers' | 'diffusers-old' | 'clip', Shapes>> = JSON.parse(
  readFileSync(path, 'utf8'),
);

/** The model whose names diffusers gives in names.json. */
const CONFIG: VqganConfig = {
  channels: 32,
  multipliers: [1, 2, 2],
  residualBlocks: 2,
  latentChannels: 8,
  codes: 16,
  resolution: 64,
  attentionResolutions: [16],
  midAttention: true,
  resampling: 'convolution',
  embeddingWidth: 4,
  quantiser: 'nearest',
};

const wanted = new Map([
  ...wantedWeights([
    {
      input: { elementType: 'float32', shape: [1, 4, 2, 2] },
      draw: (network, latent) => vqganDecoder(network, { config: CONFIG, latent }),
    },
    {
      input: { elementType: 'float32', shape: [1, 3, 8, 8] },
      draw: (network, picture) => vqganEncoder(network, { config: CONFIG, picture }),
    },
  ]),
  ['quantize.embedding.weight', [16, 4]] as const,
]);

/** The shapes of the model under names made from the emitters'. */
function named(rename: (name: string) => string, reshape = (shape: Shape, _name: string) => shape): Shapes {
  return Object.fromEntries([...wanted].map(([name, shape]) => [rename(name), reshape(shape, name)]));
}

const wrapped = (prefix: string, shapes: Shapes): Shapes =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [prefix + name, shape]));

function findAll(shapes: Shapes) {
  const weights = weightsOf(fakeCheckpoint(shapes), 'vqgan', 'model.ckpt');
  const found = weights.collect(wanted);
  expect(Object.fromEntries([...found].map(([name, { shape }]) => [name, shape]))).toEqual(
    Object.fromEntries(wanted),
  );
  return weights.description;
}

describe('every weight of a VQGAN is found', () => {
  const plain = named((name) => name);

  it.each([
    [''],
    ['state_dict.'],
    ['module.'],
    ['state_dict.module.'],
    ['_orig_mod.'],
    ['model.'],
    ['state_dict.first_stage_model.'],
    ['state_dict.model._orig_mod.'],
  ])('under the names of taming-transformers after "%s"', (prefix) => {
    expect(findAll(wrapped(prefix, plain))).toContain('taming-transformers');
  });

  it('beside another encoder, a judge and an optimiser', () => {
    const shapes = {
      ...wrapped(
        'state_dict.cond_stage_model.',
        named(
          (name) => name,
          () => [1],
        ),
      ),
      ...wrapped(
        'state_dict.loss.discriminator.',
        named(
          (name) => name,
          () => [2],
        ),
      ),
      ...wrapped('state_dict.first_stage_model.', plain),
      'optimizer_states.0.state.0.exp_avg': [3],
    };
    expect(findAll(shapes)).toContain('first_stage_model');
  });

  it('among averaged weights that lost their dots, which are taken, and said to be', () => {
    const averaged = named((name) => `model_ema.${name.replaceAll('.', '')}`);
    const { 'model_ema.quantizeembeddingweight': codebook, ...rest } = averaged;
    const shapes = wrapped('state_dict.', { ...plain, ...rest, 'model_ema.decay': [] });
    expect(codebook).toEqual([16, 4]);
    expect(findAll(shapes)).toContain('averaged weights (model_ema)');
    const weights = weightsOf(
      fakeCheckpoint({ ...shapes, 'state_dict.model_ema.decoderconv_outbias': [5] }),
      'vqgan',
      'f',
    );
    expect(weights.shapeOf('decoder.conv_out.bias')).toEqual([5]);
  });

  it('of a model and its average, taking the average', () => {
    expect(
      findAll({
        ...wrapped('ema.', plain),
        ...wrapped(
          'model.',
          named(
            (name) => name,
            () => [1],
          ),
        ),
      }),
    ).toContain('`ema.`');
  });

  it.each([['diffusers'], ['diffusers-old']] as const)(
    'under the names of %s, matrices as kernels',
    (name) => {
      expect(findAll(published[name])).toContain('VQModel');
    },
  );

  it("under LlamaGen's names, whose decoder counts from the coarsest level", () => {
    const shapes = wrapped(
      'model.',
      named((name) =>
        name
          .replace('mid.block_1', 'mid.0')
          .replace('mid.attn_1', 'mid.1')
          .replace('mid.block_2', 'mid.2')
          .replace('encoder.down', 'encoder.conv_blocks')
          .replace('decoder.up.0', 'decoder.conv_blocks.two')
          .replace('decoder.up.1', 'decoder.conv_blocks.1')
          .replace('decoder.up.2', 'decoder.conv_blocks.0')
          .replace('conv_blocks.two', 'conv_blocks.2')
          .replace(/(conv_blocks\.\d)\.block/, '$1.res'),
      ),
    );
    expect(Object.keys(shapes)).toContain('model.decoder.conv_blocks.0.attn.2.q.weight');
    expect(Object.keys(shapes)).toContain('model.encoder.conv_blocks.1.downsample.conv.weight');
    expect(findAll(shapes)).toContain('LlamaGen');
  });

  it('in a port to Flax, channels last', () => {
    const lastly = ([out = 0, into = 0, h = 0, w = 0]: Shape) => [h, w, into, out];
    const shapes = named(
      (name) =>
        name
          .replace(/(down|up|block|attn)\.(\d)/g, '$1_$2')
          .replace('quantize.embedding.weight', 'quantize.embedding.embedding')
          .replace(/(norm\d?|norm_out)\.weight$/, '$1.scale')
          .replace(/\.weight$/, '.kernel'),
      (shape, name) => (shape.length === 4 && name.endsWith('weight') ? lastly(shape) : shape),
    );
    expect(Object.keys(shapes)).toContain('decoder.up_2.attn_0.norm.scale');
    expect(findAll(shapes)).toContain('vqgan-jax');
  });
});

describe('weights that do not fit', () => {
  const plain = named((name) => name);
  const weights = (shapes: Shapes) => weightsOf(fakeCheckpoint(shapes), 'vqgan', 'model.ckpt');

  it('are named with both shapes', () => {
    expect(() => weights({ ...plain, 'decoder.conv_out.weight': [3, 16, 3, 3] }).collect(wanted)).toThrow(
      'Expected `decoder.conv_out.weight` to have shape [3, 32, 3, 3] as the configuration says, got [3, 16, 3, 3] in model.ckpt.',
    );
  });

  it('are named where one is missing', () => {
    const { 'decoder.up.1.block.0.conv1.bias': _, ...rest } = plain;
    expect(() => weights(rest).collect(wanted)).toThrow(
      /Expected `decoder.up.1.block.0.conv1.bias` in model.ckpt/,
    );
  });

  it('are named with what made them where that is not known', () => {
    const checkpoint = fakeCheckpoint(plain);
    const tensors = new Map([...checkpoint.tensors].filter(([name]) => name !== 'quant_conv.bias'));
    const unreadable = new Map([['quant_conv.bias', 'it is made by "a.B", which Easel does not know']]);
    expect(() =>
      weightsOf({ ...checkpoint, tensors, unreadable }, 'vqgan', 'model.ckpt').collect(wanted),
    ).toThrow(
      '`quant_conv.bias` in model.ckpt cannot be read: it is made by "a.B", which Easel does not know.',
    );
  });

  it.each([
    [
      'a CLIP',
      published.clip,
      /Expected the weights of a VQGAN in model.ckpt, got the weights of transformers' CLIPModel/,
    ],
    ['something else', { 'layer.weight': [1] }, /got 1 tensors of another kind \(layer.weight\)/],
    ['nothing', {}, /got 0 tensors of another kind \(none\)/],
  ])('are %s', (_, shapes, message) => {
    expect(() => weights(shapes)).toThrow(message);
  });
});
