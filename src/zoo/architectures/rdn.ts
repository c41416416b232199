import type { Value } from 'onnx-gradients/graph';
import { add, clip, concat, relu } from 'onnx-gradients/ops';
import { convolution } from './convolution.js';
import { repeatPixels } from './repeat-pixels.js';
import type { Network } from './weight-source.js';

export interface RdnConfig {
  /** How many times as wide and high the picture becomes. */
  readonly factor: number;
  /** Channels between blocks. */
  readonly width: number;
  /** Channels a layer of a block adds to what it saw. */
  readonly growth: number;
  /** Residual dense blocks. */
  readonly blocks: number;
  /** Layers a block. */
  readonly layers: number;
}

/** Pixels around a picture that its enlargement depends on, at most; beyond them nothing matters. */
export function reachOf({ blocks, layers }: RdnConfig): number {
  // Two convolutions at the start, one a layer, one at the end of the blocks, 5 × 5 and two 3 × 3 while enlarging, and one
  // on the enlarged picture.
  return 2 + blocks * layers + 1 + 2 + 1 + 1 + 1;
}

/**
 * A residual dense network for super-resolution (Zhang et al. 2018) as the `idealo` and UpscalerJS weights have it: a
 * picture [n, 3, h, w] in 0…255 to [n, 3, h·factor, w·factor] in 0…255, enlarged by repeating pixels before the last
 * convolution.
 */
export function rdn(network: Network, picture: Value, config: RdnConfig): Value {
  const { builder: b } = network;
  const { factor, width, growth, blocks, layers } = config;
  const layer = (x: Value, name: string, out: number, kernel = 3) =>
    convolution(network, x, { name, out, kernel });
  const shallow = layer(picture, 'F_m1', width);
  let x = layer(shallow, 'F_0', width);
  const deep: Value[] = [];
  for (let block = 1; block <= blocks; block += 1) {
    let seen = x;
    for (let at = 1; at <= layers; at += 1) {
      seen = concat(b, [seen, relu(b, layer(seen, `F_${block}_${at}`, growth))], 1);
    }
    x = add(b, layer(seen, `LFF_${block}`, width, 1), x);
    deep.push(x);
  }
  const fused = layer(layer(concat(b, deep, 1), 'GFF_1', width, 1), 'GFF_2', width);
  const features = add(b, fused, shallow);
  const first = relu(b, layer(features, 'UPN1', 64, 5));
  const second = relu(b, layer(first, 'UPN2', 32));
  const last = layer(second, 'UPN3', 3 * factor ** 2);
  return clip(b, layer(repeatPixels(b, last, factor), 'SR', 3), b.scalar(0), b.scalar(255));
}
