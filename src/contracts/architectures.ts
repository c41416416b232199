import { z } from 'zod';

/**
 * The architectures that Easel builds itself, with the settings that weights alone do not show. A manifest of format 2
 * names one with a file of weights where format 1 has an ONNX file.
 */

/** At least 1, and no more than any network comes near: what is larger is a mistake, and would be memory asked for in vain. */
const upTo = (max: number) => z.int().min(1).max(max);

/** Channels, features, heads. */
const count = upTo(2 ** 16);

/**
 * Between the two layers of a feed-forward block. quick-gelu: x·σ(1.702x), OpenAI's models and some after them; gelu:
 * x·Φ(x), LAION-2B and DataComp; tanh-gelu: Φ by its tanh approximation, SigLIP.
 */
export const activationSchema = z.enum(['quick-gelu', 'gelu', 'tanh-gelu']);
export type Activation = z.output<typeof activationSchema>;

const pyramid = {
  /** Channels at the finest level (`ch`). */
  channels: count,
  /** Channels of each level as multiples of `channels`, finest first (`ch_mult`); one halving between levels. */
  multipliers: z.array(upTo(256)).min(1).max(10),
  /** Residual blocks a level in the encoder (`num_res_blocks`). */
  residualBlocks: upTo(100),
  /** Channels between encoder and quantiser (`z_channels`). */
  latentChannels: count,
  /** Rows of the codebook (`n_embed`). */
  codes: upTo(2 ** 24),
};

/** A VQGAN of taming-transformers, latent-diffusion, LlamaGen or diffusers (Esser et al. 2021). */
export const vqganConfigSchema = z.strictObject({
  ...pyramid,
  /** Side of the pictures in training; decides which levels have attention. */
  resolution: count,
  /** Sides of the feature maps, at the training resolution, that get attention (`attn_resolutions`). */
  attentionResolutions: z.array(count).max(100),
  /** Whether the two blocks in the middle have attention between them; not with `attn_type: none`. */
  midAttention: z.boolean(),
  /** How levels halve and double: by convolutions, or by means of 2 × 2 and repetition (`resamp_with_conv: false`). */
  resampling: z.enum(['convolution', 'pool']),
  /** Width of a codebook row (`embed_dim`). */
  embeddingWidth: count,
  /** How the encoder's output picks a row: the nearest one, or the largest of one logit a row. */
  quantiser: z.enum(['nearest', 'gumbel']),
});
export type VqganConfig = z.output<typeof vqganConfigSchema>;

/** MaskGIT's VQGAN (Chang et al. 2022): no attention, no biases in its blocks, pooled down-sampling. */
export const maskgitConfigSchema = z.strictObject(pyramid);
export type MaskgitConfig = z.output<typeof maskgitConfigSchema>;

const layers = upTo(1000);
const transformer = { width: count, layers, heads: count };
/** Width of the embedding that both towers share. */
const embedding = count;
/** Side of the input in pixels. */
const size = upTo(4096);
/** Side of a patch in pixels; divides `size`. */
const patch = upTo(4096);
const words = {
  /** Tokens a text. */
  context: upTo(8192),
  vocabulary: upTo(2 ** 24),
};

/** CLIP's Vision Transformer (Radford et al. 2021, table 20). */
export const clipVitConfigSchema = z.strictObject({
  ...{ ...transformer, embedding, size, patch },
  activation: activationSchema,
});
export type ClipVitConfig = z.output<typeof clipVitConfigSchema>;

/** CLIP's ResNet with attention pooling (Radford et al. 2021, table 19). */
export const clipResnetConfigSchema = z.strictObject({
  ...{ embedding, size },
  /** Channels of the stem; the last stage has 32 times as many. */
  width: count,
  /** Bottleneck blocks of each of the four stages. */
  layers: z.tuple([layers, layers, layers, layers]),
  /** Heads of the attention pool. */
  heads: count,
});
export type ClipResnetConfig = z.output<typeof clipResnetConfigSchema>;

/** CLIP's text transformer, read at each text's end token. */
export const clipTextConfigSchema = z.strictObject({
  ...{ ...transformer, ...words, embedding },
  activation: activationSchema,
});
export type ClipTextConfig = z.output<typeof clipTextConfigSchema>;

/** SigLIP's towers (Zhai et al. 2023); `hidden` is the width inside feed-forward blocks. */
export const siglipImageConfigSchema = z.strictObject({
  ...{ ...transformer, size, patch },
  hidden: count,
  activation: activationSchema,
});
export type SiglipImageConfig = z.output<typeof siglipImageConfigSchema>;

export const siglipTextConfigSchema = z.strictObject({
  ...{ ...transformer, ...words, embedding },
  hidden: count,
  activation: activationSchema,
});
export type SiglipTextConfig = z.output<typeof siglipTextConfigSchema>;

/**
 * A causal transformer over code indices in raster order (Esser et al. 2021, section 3.2), and one that reads the words and says
 * what belongs at each place of the grid.
 */
export const codeTransformerConfigSchema = z.strictObject({
  ...{ ...transformer, ...words },
  /** Layers of the transformer that reads the words. */
  textLayers: z.int().min(0).max(1000),
  /** Rows of the VQGAN's codebook; one number more stands for what lies beyond the grid. */
  codes: upTo(2 ** 24),
  /** Rows and columns of codes. */
  grid: z.tuple([upTo(1024), upTo(1024)]),
});
export type CodeTransformerConfig = z.output<typeof codeTransformerConfigSchema>;
