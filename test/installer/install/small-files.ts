import { join } from 'node:path';
import type { Shape } from 'onnx-gradients/graph';
import type { StoredTensor } from '../../../src/checkpoints/checkpoint.js';
import { writeSafetensors } from '../../../src/checkpoints/safetensors/write-safetensors.js';
import type { ClipTextConfig, ClipVitConfig, VqganConfig } from '../../../src/contracts/architectures.js';
import { drawings } from '../../../src/installer/install/drawings.js';
import type { InstallPlan } from '../../../src/installer/install/install-plan.js';
import { wantedWeights } from '../../../src/installer/wanted-weights.js';
import { packageRoot } from '../../../src/package-root.js';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';

export const VQGAN: VqganConfig = {
  channels: 32,
  multipliers: [1, 1, 2],
  residualBlocks: 1,
  latentChannels: 8,
  codes: 32,
  resolution: 64,
  attentionResolutions: [16],
  midAttention: true,
  resampling: 'convolution',
  embeddingWidth: 4,
  quantiser: 'nearest',
};
const IMAGE: ClipVitConfig = {
  ...{ width: 16, layers: 1, heads: 2, embedding: 8, size: 16, patch: 8 },
  activation: 'gelu',
};
const TEXT: ClipTextConfig = {
  ...{ width: 16, layers: 1, heads: 2, embedding: 8, context: 16, vocabulary: 4096 },
  activation: 'gelu',
};
const RANGE: [number, number] = [0, 1];
const ONES: [number, number, number] = [1, 1, 1];

/** Writes a VQGAN and a CLIP of random weights, and some ballast, as published files; plans the model that they make. */
export async function writeSmallFiles(folder: string, name = 'small'): Promise<InstallPlan> {
  const codec = wantedWeights(drawings.codec({ architecture: 'vqgan', config: VQGAN, weights: 'x' }));
  const pixels = { size: IMAGE.size, mean: ONES, std: ONES, range: RANGE };
  const clip = wantedWeights([
    drawings.image({ architecture: 'clip-vit', config: IMAGE, weights: 'x', ...pixels }),
    drawings.text({ architecture: 'clip', config: TEXT, weights: 'x', context: TEXT.context }),
  ]);
  const vqganPath = join(folder, 'vqgan.ckpt');
  const clipPath = join(folder, 'clip.ckpt');
  const ballast = [
    ['loss.discriminator.main.0.weight', [64, 64]],
    ['quantize.embedding.weight', [VQGAN.codes, VQGAN.embeddingWidth]],
  ] as const;
  await writeSafetensors({ path: vqganPath, tensors: random(new Map([...codec, ...ballast])) });
  await writeSafetensors({ path: clipPath, tensors: random(clip) });
  return {
    ...{ name, title: 'Small', licence: 'none', source: 'chance' },
    vqgan: {
      path: vqganPath,
      published: { network: { architecture: 'vqgan', config: VQGAN }, unitRows: false },
      range: [-1, 1],
    },
    clips: [
      {
        ...{ name: 'tiny', path: clipPath, pad: 0, mean: [0, 0, 0], std: ONES, byDefault: true },
        unshown: { activation: 'gelu', imageHeads: 2, textHeads: 2 },
        tokenizer: join(packageRoot(), 'models', 'pocket', 'tokenizer.json'),
      },
    ],
    defaults: { width: 32, height: 32, steps: 2, cutouts: 2, learningRate: 0.1, start: 'noise' },
    suggestions: [],
  };
}

/** Tensors of these names and shapes as `randomWeights` makes them. */
function random(wanted: ReadonlyMap<string, Shape>): ReadonlyMap<string, StoredTensor> {
  const weights = randomWeights(1);
  return new Map(
    [...wanted].map(([name, shape]) => [
      name,
      { elementType: 'float32', shape, read: () => weights(name, shape) },
    ]),
  );
}
