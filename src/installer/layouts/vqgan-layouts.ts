import type { Layout, Recipe } from './layout.js';

const same = (from: string): Recipe => ({ kind: 'same', from });

/** CompVis/taming-transformers and latent-diffusion; the names that the emitters use. */
export const TAMING: Layout = {
  name: 'taming-transformers',
  holds: 'vqgan',
  marks: ['decoder.conv_in.weight', 'decoder.mid.block_1.norm1.weight'],
  find: same,
};

/**
 * latent-diffusion with averaged weights, whose names lost their dots; those are what the code base itself samples with.
 * What was not averaged has its ordinary name.
 */
export const LDM_AVERAGED: Layout = {
  name: 'latent-diffusion, averaged weights (model_ema)',
  holds: 'vqgan',
  marks: ['decoder.conv_in.weight', 'model_ema.decoderconv_inweight'],
  find: (wanted, has) => {
    const averaged = `model_ema.${wanted.replaceAll('.', '')}`;
    return same(has(averaged) ? averaged : wanted);
  },
};

/** FoundationVision/LlamaGen: taming's blocks in lists, the decoder's from the coarsest on. */
export const LLAMAGEN: Layout = {
  name: 'LlamaGen',
  holds: 'vqgan',
  marks: ['decoder.conv_in.weight', 'decoder.conv_blocks.0.res.0.conv1.weight'],
  find: (wanted, has) => {
    const levels = countLevels('decoder.conv_blocks', has);
    return same(
      wanted
        .replace(/\.mid\.block_1\./, '.mid.0.')
        .replace(/\.mid\.attn_1\./, '.mid.1.')
        .replace(/\.mid\.block_2\./, '.mid.2.')
        .replace(/^encoder\.down\.(\d+)\.block\./, 'encoder.conv_blocks.$1.res.')
        .replace(/^encoder\.down\./, 'encoder.conv_blocks.')
        .replace(/^decoder\.up\.(\d+)\.(block\.)?/, (_, level: string, block: string | undefined) => {
          return `decoder.conv_blocks.${levels - 1 - Number(level)}.${block ? 'res.' : ''}`;
        }),
    );
  },
};

/** Names of diffusers' attention since 0.18, and before. */
const DIFFUSERS_ATTENTION = {
  norm: ['group_norm', 'group_norm'],
  q: ['to_q', 'query'],
  k: ['to_k', 'key'],
  v: ['to_v', 'value'],
  proj_out: ['to_out.0', 'proj_attn'],
} as const;

/** Hugging Face diffusers' VQModel, with either generation of attention names. */
export const DIFFUSERS: Layout = {
  name: "diffusers' VQModel",
  holds: 'vqgan',
  marks: ['decoder.conv_in.weight', 'decoder.mid_block.resnets.0.norm1.weight'],
  find: (wanted, has) => {
    const levels = countLevels('decoder.up_blocks', has);
    const renamed = wanted
      .replace(/\.mid\.block_([12])\./, (_, number: string) => `.mid_block.resnets.${Number(number) - 1}.`)
      .replace(/\.mid\.attn_1\./, '.mid_block.attentions.0.')
      .replace(/^encoder\.down\.(\d+)\./, 'encoder.down_blocks.$1.')
      .replace(
        /^decoder\.up\.(\d+)\./,
        (_, level: string) => `decoder.up_blocks.${levels - 1 - Number(level)}.`,
      )
      .replace(/\.block\.(\d+)\./, '.resnets.$1.')
      .replace(/\.attn\.(\d+)\./, '.attentions.$1.')
      .replace('.downsample.conv.', '.downsamplers.0.conv.')
      .replace('.upsample.conv.', '.upsamplers.0.conv.')
      .replace('.nin_shortcut.', '.conv_shortcut.')
      .replace('.norm_out.', '.conv_norm_out.');
    const part = /^(.*\.attentions\.\d+\.)(norm|q|k|v|proj_out)\.(weight|bias)$/.exec(renamed);
    if (!part) return same(renamed);
    const [, before = '', name = 'q', kind = ''] = part;
    const names = DIFFUSERS_ATTENTION[name as keyof typeof DIFFUSERS_ATTENTION]; // the pattern allows no other
    const [first, ...others] = names.map((known) => `${before}${known}.${kind}`);
    return same([first, ...others].find((candidate) => has(candidate ?? '')) ?? first ?? renamed);
  },
};

/** MaskGIT's VQGAN as open-muse ported it; the names that its emitters use. */
export const MASKGIT: Layout = {
  name: "MaskGIT's VQGAN",
  holds: 'vqgan',
  marks: ['decoder.conv_in.weight', 'decoder.mid.0.norm1.weight', 'encoder.down.0.block.0.conv1.weight'],
  find: same,
};

/** A port to Flax: channels last, norms with a scale, numbers after an underscore. */
export const FLAX_VQGAN: Layout = {
  name: 'vqgan-jax',
  holds: 'vqgan',
  marks: ['decoder.conv_in.kernel', 'decoder.mid.block_1.norm1.scale'],
  find: (wanted) => {
    if (wanted === 'quantize.embedding.weight') return same('quantize.embedding.embedding');
    const renamed = wanted.replace(/\.(down|up|block|attn)\.(\d+)(?=\.)/g, '.$1_$2');
    if (!renamed.endsWith('.weight')) return same(renamed);
    const layer = renamed.slice(0, -'.weight'.length);
    return /\.norm(1|2|_out)?$/.test(layer)
      ? same(`${layer}.scale`)
      : { kind: 'channels-first', from: `${layer}.kernel` };
  },
};

/** How many numbered parts a list has. */
function countLevels(list: string, has: (name: string) => boolean): number {
  let levels = 0;
  while (
    levels < 32 &&
    ['res.0', 'resnets.0'].some((block) => has(`${list}.${levels}.${block}.conv1.weight`))
  )
    levels += 1;
  return levels;
}
