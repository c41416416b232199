import type { VqganConfig } from '../../contracts/architectures.js';

export type { VqganConfig };

const F16: VqganConfig = {
  channels: 128,
  multipliers: [1, 1, 2, 2, 4],
  residualBlocks: 2,
  resolution: 256,
  attentionResolutions: [16],
  midAttention: true,
  resampling: 'convolution',
  latentChannels: 256,
  embeddingWidth: 256,
  codes: 16384,
  quantiser: 'nearest',
};

/** The published models by the names people know them by. */
export const VQGANS = {
  'imagenet-f16-16384': F16,
  'imagenet-f16-1024': { ...F16, codes: 1024 },
  'openimages-gumbel-f8': {
    ...F16,
    multipliers: [1, 1, 2, 4],
    attentionResolutions: [32],
    codes: 8192,
    quantiser: 'gumbel',
  },
} as const satisfies Record<string, VqganConfig>;

/** Pixels per latent cell and side. */
export function factorOf({ multipliers }: Pick<VqganConfig, 'multipliers'>): number {
  return 2 ** (multipliers.length - 1);
}

/** One level of the pyramid. */
export interface VqganLevel {
  /** Its number in the state dict; 0 is the finest. */
  readonly index: number;
  readonly channels: number;
  readonly hasAttention: boolean;
}

/** The levels from the finest to the coarsest. */
export function levelsOf(config: VqganConfig): readonly VqganLevel[] {
  return config.multipliers.map((multiplier, index) => ({
    index,
    channels: config.channels * multiplier,
    hasAttention: config.attentionResolutions.includes(config.resolution / 2 ** index),
  }));
}
