import type { VqganConfig } from '../contracts/architectures.js';
import type { PresetName } from '../contracts/train-request.js';
import type { DiscriminatorShape } from './graphs/discriminator.js';

export interface VqganPreset {
  readonly config: VqganConfig;
  readonly batch: number;
  readonly steps: number;
  readonly rate: number;
  readonly codebook: 'loss' | 'ema';
  readonly discriminator: DiscriminatorShape;
  /** The step at which the discriminator joins, as a part of the steps. */
  readonly adversarialFrom: number;
}

export interface TransformerPreset {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly textLayers: number;
  readonly batch: number;
  readonly steps: number;
  readonly rate: number;
}

const BASE = {
  attentionResolutions: [] as number[],
  midAttention: true,
  resampling: 'convolution',
  quantiser: 'nearest',
  residualBlocks: 1,
} as const;

export interface ClipPreset {
  /** Side of the pictures that the image tower sees, and of its patches. */
  readonly size: number;
  readonly patch: number;
  /** Of both towers. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly embedding: number;
  readonly batch: number;
  readonly chunk: number;
  readonly steps: number;
  readonly rate: number;
}

interface Preset {
  readonly vqgan: VqganPreset;
  readonly transformer: TransformerPreset;
  readonly clip: ClipPreset;
}

/** What is trained at which size; every number can be asked otherwise. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  /** To see that everything works: seconds to a minute. */
  tiny: {
    vqgan: {
      config: {
        ...BASE,
        channels: 32,
        multipliers: [1, 1, 1],
        resolution: 32,
        latentChannels: 32,
        embeddingWidth: 16,
        codes: 64,
      },
      ...{ batch: 4, steps: 60, rate: 1e-3, codebook: 'ema', adversarialFrom: 0.7 },
      discriminator: { width: 16, layers: 2 },
    },
    transformer: { width: 64, layers: 2, heads: 2, textLayers: 1, batch: 4, steps: 60, rate: 2e-3 },
    clip: {
      ...{ size: 32, patch: 8, width: 64, layers: 2, heads: 2, embedding: 32 },
      ...{ batch: 16, chunk: 16, steps: 60, rate: 1e-3 },
    },
  },
  /** A few hundred pictures, both stages in about half an hour on two cores. */
  small: {
    vqgan: {
      config: {
        ...BASE,
        channels: 32,
        multipliers: [1, 2, 2],
        resolution: 64,
        latentChannels: 64,
        embeddingWidth: 32,
        codes: 512,
      },
      ...{ batch: 8, steps: 800, rate: 6e-4, codebook: 'ema', adversarialFrom: 0.75 },
      discriminator: { width: 32, layers: 2 },
    },
    transformer: { width: 192, layers: 4, heads: 4, textLayers: 1, batch: 8, steps: 1500, rate: 2.5e-3 },
    clip: {
      ...{ size: 64, patch: 8, width: 128, layers: 4, heads: 4, embedding: 64 },
      ...{ batch: 64, chunk: 16, steps: 500, rate: 1e-3 },
    },
  },
  /** Thousands of pictures over a night on a processor, or minutes to hours on a GPU. */
  medium: {
    vqgan: {
      config: {
        ...BASE,
        ...{
          channels: 64,
          multipliers: [1, 2, 2, 4],
          residualBlocks: 2,
          resolution: 128,
          attentionResolutions: [16],
        },
        ...{ latentChannels: 128, embeddingWidth: 64, codes: 1024 },
      },
      ...{ batch: 8, steps: 20_000, rate: 3e-4, codebook: 'ema', adversarialFrom: 0.5 },
      discriminator: { width: 48, layers: 3 },
    },
    transformer: { width: 384, layers: 8, heads: 6, textLayers: 2, batch: 16, steps: 20_000, rate: 5e-4 },
    clip: {
      ...{ size: 96, patch: 12, width: 256, layers: 8, heads: 4, embedding: 256 },
      ...{ batch: 256, chunk: 32, steps: 20_000, rate: 5e-4 },
    },
  },
  /** The published size: for a GPU. */
  f16: {
    vqgan: {
      config: {
        ...BASE,
        ...{
          channels: 128,
          multipliers: [1, 1, 2, 2, 4],
          residualBlocks: 2,
          resolution: 256,
          attentionResolutions: [16],
        },
        ...{ latentChannels: 256, embeddingWidth: 256, codes: 1024 },
      },
      ...{ batch: 4, steps: 250_000, rate: 4.5e-6 * 4, codebook: 'loss', adversarialFrom: 0.1 },
      discriminator: { width: 64, layers: 3 },
    },
    transformer: {
      width: 1024,
      layers: 24,
      heads: 16,
      textLayers: 4,
      batch: 16,
      steps: 250_000,
      rate: 7.2e-5,
    },
    clip: {
      ...{ size: 224, patch: 32, width: 768, layers: 12, heads: 12, embedding: 512 },
      ...{ batch: 1024, chunk: 64, steps: 250_000, rate: 5e-4 },
    },
  },
};
