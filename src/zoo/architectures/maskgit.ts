import type { Value } from 'onnx-gradients/graph';
import { add, averagePool } from 'onnx-gradients/ops';
import type { MaskgitConfig } from '../../contracts/architectures.js';
import { convolution } from './convolution.js';
import { doubled, norm, swish } from './vqgan-blocks.js';
import type { Network } from './weight-source.js';

interface Part {
  /** State-dict name. */
  readonly name: string;
  readonly out: number;
}

export interface MaskgitDecoderOptions {
  readonly config: MaskgitConfig;
  /** Codebook rows on a grid, [n, latentChannels, h, w]. */
  readonly latent: Value;
}

/** The decoder of MaskGIT's VQGAN (Chang et al. 2022): latent to picture [n, 3, h·f, w·f] in about 0…1, not clamped. */
export function maskgitDecoder(network: Network, { config, latent }: MaskgitDecoderOptions): Value {
  const levels = config.multipliers.map((multiplier) => multiplier * config.channels);
  const coarsest = levels.at(-1) ?? config.channels;
  let x = convolution(network, latent, { name: 'decoder.conv_in', out: coarsest, kernel: 3 });
  x = blocks(network, x, { name: 'decoder.mid', out: coarsest, count: config.residualBlocks });
  for (const [index, channels] of [...levels.entries()].reverse()) {
    const level = `decoder.up.${index}`;
    x = blocks(network, x, { name: `${level}.block`, out: channels, count: config.residualBlocks });
    if (index > 0) {
      const part = { name: `${level}.upsample_conv`, out: channels, kernel: 3 };
      x = convolution(network, doubled(network, x), part);
    }
  }
  const activated = swish(network, norm(network, x, 'decoder.norm_out'));
  return convolution(network, activated, { name: 'decoder.conv_out', out: 3, kernel: 3 });
}

export interface MaskgitEncoderOptions {
  readonly config: MaskgitConfig;
  /** [n, 3, H, W] in 0…1, sides multiples of the model's factor. */
  readonly picture: Value;
}

/** The encoder of MaskGIT's VQGAN: picture to the continuous latent [n, latentChannels, H/f, W/f]. */
export function maskgitEncoder(network: Network, { config, picture }: MaskgitEncoderOptions): Value {
  const levels = config.multipliers.map((multiplier) => multiplier * config.channels);
  const coarsest = levels.at(-1) ?? config.channels;
  const { builder: b } = network;
  const first = { name: 'encoder.conv_in', out: config.channels, kernel: 3, hasBias: false };
  let x = convolution(network, picture, first);
  for (const [index, channels] of levels.entries()) {
    const name = `encoder.down.${index}.block`;
    x = blocks(network, x, { name, out: channels, count: config.residualBlocks });
    if (index < levels.length - 1) x = averagePool(b, x, { kernel: [2, 2], strides: [2, 2] });
  }
  x = blocks(network, x, { name: 'encoder.mid', out: coarsest, count: config.residualBlocks });
  const activated = swish(network, norm(network, x, 'encoder.norm_out'));
  return convolution(network, activated, { name: 'encoder.conv_out', out: config.latentChannels, kernel: 1 });
}

function blocks(network: Network, x: Value, { name, out, count }: Part & { readonly count: number }): Value {
  let result = x;
  for (let index = 0; index < count; index += 1)
    result = residualBlock(network, result, { name: `${name}.${index}`, out });
  return result;
}

/**
 * h + x with h = conv(swish(norm(conv(swish(norm(x)))))), no biases. Where the channels change, the shortcut is a 1×1
 * convolution of h, not of x: so it was trained.
 */
function residualBlock(network: Network, x: Value, { name, out }: Part): Value {
  const stage = (value: Value, index: 1 | 2) =>
    convolution(network, swish(network, norm(network, value, `${name}.norm${index}`)), {
      ...{ name: `${name}.conv${index}`, out, kernel: 3, hasBias: false },
    });
  const change = stage(stage(x, 1), 2);
  const shortcut = { name: `${name}.nin_shortcut`, out, kernel: 1, hasBias: false };
  const kept = x.type.shape[1] === out ? x : convolution(network, change, shortcut);
  return add(network.builder, change, kept);
}
