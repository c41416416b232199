/** The shape of a VQGAN as its authors' configuration files state it (Esser et al. 2021). */
export interface VqganConfig {
  /** Channels at the finest level (`ch`). */
  readonly channels: number;
  /** Channels of each level as multiples of `channels`, finest first (`ch_mult`); one halving between levels. */
  readonly multipliers: readonly number[];
  /** Residual blocks a level in the encoder; the decoder has one more (`num_res_blocks`). */
  readonly residualBlocks: number;
  /** Side of the pictures in training; decides which levels have attention. */
  readonly resolution: number;
  /** Sides of the feature maps, at the training resolution, that get attention (`attn_resolutions`). */
  readonly attentionResolutions: readonly number[];
  /** Channels between encoder and `quant_conv` (`z_channels`). */
  readonly latentChannels: number;
  /** Width of a codebook row (`embed_dim`). */
  readonly embeddingWidth: number;
  /** Rows of the codebook (`n_embed`). */
  readonly codes: number;
  /** How the encoder's output picks a row: the nearest one, or the largest of one logit a row. */
  readonly quantiser: 'nearest' | 'gumbel';
}

const F16: VqganConfig = {
  channels: 128,
  multipliers: [1, 1, 2, 2, 4],
  residualBlocks: 2,
  resolution: 256,
  attentionResolutions: [16],
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
export function factorOf({ multipliers }: VqganConfig): number {
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
