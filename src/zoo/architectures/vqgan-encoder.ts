import type { Value } from 'onnx-gradients/graph';
import { argMax, averagePool, gather, transpose } from 'onnx-gradients/ops';
import { convolution } from './convolution.js';
import { attentionBlock, norm, residualBlock, swish } from './vqgan-blocks.js';
import { levelsOf, type VqganConfig } from './vqgan-config.js';
import { type Network, parameter } from './weight-source.js';

export interface VqganEncoderOptions {
  readonly config: VqganConfig;
  /** [n, 3, H, W] in −1…1, sides multiples of the model's factor. */
  readonly picture: Value;
}

/**
 * The VQGAN encoder with `quant_conv`: picture to [n, embeddingWidth, H/f, W/f].
 *
 * With the nearest-row quantiser this is the continuous latent, to be quantised by whoever asked; with the Gumbel one it
 * is the row of the largest logit, already in the codebook.
 */
export function vqganEncoder(network: Network, { config, picture }: VqganEncoderOptions): Value {
  const levels = levelsOf(config);
  let x = convolution(network, picture, { name: 'encoder.conv_in', out: config.channels, kernel: 3 });
  for (const { index, channels, hasAttention } of levels) {
    const level = `encoder.down.${index}`;
    for (let block = 0; block < config.residualBlocks; block += 1) {
      x = residualBlock(network, x, { name: `${level}.block.${block}`, out: channels });
      if (hasAttention) x = attentionBlock(network, x, `${level}.attn.${block}`);
    }
    if (index < levels.length - 1) {
      x =
        config.resampling === 'pool'
          ? averagePool(network.builder, x, { kernel: [2, 2], strides: [2, 2] })
          : halved(network, x, { name: `${level}.downsample.conv`, out: channels });
    }
  }
  const coarsest = levels.at(-1)?.channels ?? config.channels;
  x = residualBlock(network, x, { name: 'encoder.mid.block_1', out: coarsest });
  if (config.midAttention) x = attentionBlock(network, x, 'encoder.mid.attn_1');
  x = residualBlock(network, x, { name: 'encoder.mid.block_2', out: coarsest });
  const activated = swish(network, norm(network, x, 'encoder.norm_out'));
  x = convolution(network, activated, { name: 'encoder.conv_out', out: config.latentChannels, kernel: 3 });
  x = convolution(network, x, { name: 'quant_conv', out: config.embeddingWidth, kernel: 1 });
  return config.quantiser === 'gumbel' ? likeliestRows(network, x, config) : x;
}

/** Stride 2, padded on the right and the bottom only. */
function halved(
  network: Network,
  x: Value,
  { name, out }: { readonly name: string; readonly out: number },
): Value {
  return convolution(network, x, { name, out, kernel: 3, strides: [2, 2], pads: [0, 0, 1, 1] });
}

function likeliestRows(network: Network, x: Value, { codes, embeddingWidth }: VqganConfig): Value {
  const { builder: b } = network;
  const logits = convolution(network, x, { name: 'quantize.proj', out: codes, kernel: 1 });
  const codebook = parameter(network, 'quantize.embed.weight', [codes, embeddingWidth]);
  const rows = gather(b, codebook, argMax(b, logits, 1, false));
  return transpose(b, rows, [0, 3, 1, 2]);
}
