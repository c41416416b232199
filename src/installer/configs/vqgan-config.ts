import { z } from 'zod';
import { type MaskgitConfig, maskgitConfigSchema, type VqganConfig } from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';
import { readTamingConfig, type TamingConfig } from './taming-config.js';

const count = z.int().positive();

/** diffusers' `config.json` of a VQModel. */
const diffusersSchema = z.looseObject({
  _class_name: z.literal('VQModel'),
  block_out_channels: z.array(count).min(1),
  down_block_types: z.array(z.enum(['DownEncoderBlock2D', 'AttnDownEncoderBlock2D'])),
  layers_per_block: count,
  latent_channels: count,
  num_vq_embeddings: count,
  vq_embed_dim: count.nullish(),
  norm_num_groups: z.literal(32).default(32),
  norm_type: z.literal('group').default('group'),
  mid_block_add_attention: z.boolean().default(true),
});

/** `config.json` of the port to Flax. */
const flaxSchema = z.looseObject({
  ch: count,
  ch_mult: z.array(count).min(1),
  num_res_blocks: count,
  resolution: count,
  attn_resolutions: z.array(count).default([]),
  z_channels: count,
  embed_dim: count,
  n_embed: count,
  resamp_with_conv: z.boolean().default(true),
});

/** What a published configuration says of a VQGAN. */
export interface PublishedConfig {
  readonly network:
    | { readonly architecture: 'vqgan'; readonly config: VqganConfig }
    | { readonly architecture: 'maskgit'; readonly config: MaskgitConfig };
  /** Whether the rows of the codebook are divided by their lengths; undefined when it does not say. */
  readonly unitRows: boolean | undefined;
}

/**
 * The shape of a VQGAN from a published configuration: of taming-transformers, latent-diffusion, LlamaGen in their words,
 * diffusers, the port to Flax, or `maskgit` with the shape of MaskGIT's.
 *
 * @throws UserError naming what is missing or cannot be.
 */
export function readVqganConfig(contents: unknown, path: string): PublishedConfig {
  const maskgit = z.strictObject({ maskgit: maskgitConfigSchema }).safeParse(contents);
  if (maskgit.success) {
    return { network: { architecture: 'maskgit', config: maskgit.data.maskgit }, unitRows: false };
  }
  const known = readKnown(contents, path);
  if (known) return { network: { architecture: 'vqgan', config: known }, unitRows: false };
  return ofTaming(readTamingConfig(contents, path));
}

/** Of a code base that is known by its keys. */
function readKnown(contents: unknown, path: string): VqganConfig | undefined {
  const diffusers = diffusersSchema.safeParse(contents);
  if (diffusers.success) return ofDiffusers(diffusers.data);
  if (isTable(contents) && contents['_class_name'] === 'VQModel') {
    const [issue] = diffusers.error.issues;
    throw new UserError(
      `${path} is of a VQModel that Easel does not know: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }
  const flax = flaxSchema.safeParse(contents);
  return flax.success ? ofFlax(flax.data) : undefined;
}

function ofTaming({ embedDim, codes, isGumbel, unitRows, network }: TamingConfig): PublishedConfig {
  const config: VqganConfig = {
    channels: network.ch,
    multipliers: network.ch_mult,
    residualBlocks: network.num_res_blocks,
    latentChannels: network.z_channels,
    codes,
    resolution: network.resolution,
    attentionResolutions: network.attn_resolutions,
    midAttention: network.attn_type === 'vanilla',
    resampling: network.resamp_with_conv ? 'convolution' : 'pool',
    embeddingWidth: embedDim,
    quantiser: isGumbel ? 'gumbel' : 'nearest',
  };
  return { network: { architecture: 'vqgan', config }, unitRows };
}

/** Levels with attention are listed by kind; the training resolution is not stated and is needed only to name them. */
function ofDiffusers(config: z.output<typeof diffusersSchema>): VqganConfig {
  const [channels = 1] = config.block_out_channels;
  const resolution = 2 ** (config.block_out_channels.length + 3);
  const attentive = config.down_block_types.flatMap((type, level) =>
    type === 'AttnDownEncoderBlock2D' ? [resolution / 2 ** level] : [],
  );
  if (config.block_out_channels.some((each) => each % channels !== 0)) {
    throw new UserError(
      `Expected \`block_out_channels\` in multiples of ${channels}, got ${config.block_out_channels.join(', ')}.`,
    );
  }
  return {
    channels,
    multipliers: config.block_out_channels.map((each) => each / channels),
    residualBlocks: config.layers_per_block,
    latentChannels: config.latent_channels,
    codes: config.num_vq_embeddings,
    resolution,
    attentionResolutions: attentive,
    midAttention: config.mid_block_add_attention,
    resampling: 'convolution',
    embeddingWidth: config.vq_embed_dim ?? config.latent_channels,
    quantiser: 'nearest',
  };
}

function ofFlax(config: z.output<typeof flaxSchema>): VqganConfig {
  return {
    channels: config.ch,
    multipliers: config.ch_mult,
    residualBlocks: config.num_res_blocks,
    latentChannels: config.z_channels,
    codes: config.n_embed,
    resolution: config.resolution,
    attentionResolutions: config.attn_resolutions,
    midAttention: true,
    resampling: config.resamp_with_conv ? 'convolution' : 'pool',
    embeddingWidth: config.embed_dim,
    quantiser: 'nearest',
  };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
