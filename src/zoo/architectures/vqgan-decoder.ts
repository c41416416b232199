import type { Value } from 'onnx-gradients/graph';
import { convolution } from './convolution.js';
import { attentionBlock, doubled, norm, residualBlock, swish } from './vqgan-blocks.js';
import { levelsOf, type VqganConfig } from './vqgan-config.js';
import type { Network } from './weight-source.js';

export interface VqganDecoderOptions {
  readonly config: VqganConfig;
  /** Codebook rows on a grid, [n, embeddingWidth, h, w]. */
  readonly latent: Value;
}

/**
 * The VQGAN decoder with `post_quant_conv` (Esser et al. 2021, table 7): latent to picture [n, 3, h·f, w·f] in about
 * −1…1, not clamped.
 */
export function vqganDecoder(network: Network, { config, latent }: VqganDecoderOptions): Value {
  const levels = levelsOf(config);
  const coarsest = levels.at(-1)?.channels ?? config.channels;
  const { latentChannels } = config;
  let x = convolution(network, latent, { name: 'post_quant_conv', out: latentChannels, kernel: 1 });
  x = convolution(network, x, { name: 'decoder.conv_in', out: coarsest, kernel: 3 });
  x = residualBlock(network, x, { name: 'decoder.mid.block_1', out: coarsest });
  if (config.midAttention) x = attentionBlock(network, x, 'decoder.mid.attn_1');
  x = residualBlock(network, x, { name: 'decoder.mid.block_2', out: coarsest });
  for (const { index, channels, hasAttention } of levels.toReversed()) {
    const level = `decoder.up.${index}`;
    for (let block = 0; block <= config.residualBlocks; block += 1) {
      x = residualBlock(network, x, { name: `${level}.block.${block}`, out: channels });
      if (hasAttention) x = attentionBlock(network, x, `${level}.attn.${block}`);
    }
    if (index > 0) {
      x = doubled(network, x);
      if (config.resampling === 'convolution')
        x = convolution(network, x, { name: `${level}.upsample.conv`, out: channels, kernel: 3 });
    }
  }
  const activated = swish(network, norm(network, x, 'decoder.norm_out'));
  return convolution(network, activated, { name: 'decoder.conv_out', out: 3, kernel: 3 });
}
