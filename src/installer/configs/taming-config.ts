import { z } from 'zod';
import { UserError } from '../../errors.js';

const count = z.int().positive();
/** taming writes `4.5e-06`, and numbers as lists or tuples alike. */
const counts = z.array(count).min(1).max(8);

const networkSchema = z.object({
  double_z: z.boolean().default(false),
  z_channels: count,
  resolution: count,
  in_channels: z.literal(3),
  out_ch: z.literal(3),
  ch: count,
  ch_mult: counts,
  num_res_blocks: count,
  attn_resolutions: z.array(count).default([]),
  resamp_with_conv: z.boolean().default(true),
  attn_type: z.enum(['vanilla', 'none']).default('vanilla'),
});

const modelSchema = z.object({
  target: z.string().default(''),
  params: z.object({
    embed_dim: count,
    n_embed: count,
    /** LlamaGen's word for looking codes up by direction. */
    codebook_l2_norm: z.boolean().optional(),
    ddconfig: networkSchema,
  }),
});

/** What a configuration of taming-transformers or latent-diffusion says of its first stage, in its own words. */
export interface TamingConfig {
  readonly embedDim: number;
  readonly codes: number;
  readonly isGumbel: boolean;
  /** Whether codes are divided by their lengths; undefined when it is not stated. */
  readonly unitRows: boolean | undefined;
  readonly network: Omit<z.infer<typeof networkSchema>, 'double_z'>;
}

const nested = z.looseObject({
  model: z.unknown().optional(),
  params: z.looseObject({ first_stage_config: z.unknown().optional() }).optional(),
});

/**
 * Reads a configuration of taming-transformers or latent-diffusion (`model.yaml`, `project.yaml`): of a VQGAN itself, or of a
 * transformer or diffusion model that has one as its first stage.
 *
 * @throws UserError naming the entry that is missing or cannot be.
 */
export function readTamingConfig(contents: unknown, path: string): TamingConfig {
  const parsed = modelSchema.safeParse(firstStage(contents));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `Expected the configuration of a VQGAN in ${path}: ${issue?.path.join('.') || 'model'}: ${issue?.message ?? 'unknown'}.`,
    );
  }
  const { target, params } = parsed.data;
  const { double_z: isContinuous, ...network } = params.ddconfig;
  if (isContinuous) {
    throw new UserError(
      `${path} is of an autoencoder without a codebook (\`double_z: true\`); Easel paints with VQGANs.`,
    );
  }
  const kind = target.slice(target.lastIndexOf('.') + 1);
  if (/Segmentation|NoDisc|Coord/.test(kind) && kind !== 'VQNoDiscModel') {
    throw new UserError(`${path} is of a ${kind}, which makes no pictures.`);
  }
  return {
    embedDim: params.embed_dim,
    codes: params.n_embed,
    isGumbel: kind === 'GumbelVQ',
    unitRows: params.codebook_l2_norm,
    network,
  };
}

/** The VQGAN's part: below `model`, and below `first_stage_config` as often as there is one. */
function firstStage(contents: unknown, depth = 0): unknown {
  const parsed = nested.safeParse(contents);
  if (!parsed.success || depth > 8) return contents;
  const { model, params } = parsed.data;
  const inner = params?.first_stage_config ?? model;
  return inner === undefined ? contents : firstStage(inner, depth + 1);
}
