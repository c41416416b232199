import type { Value } from 'onnx-gradients/graph';
import { add, matMul, mul, reshape, sigmoid, softmax, transpose } from 'onnx-gradients/ops';
import { convolution } from './convolution.js';
import { groupNorm } from './group-norm.js';
import { repeatPixels } from './repeat-pixels.js';
import type { Network } from './weight-source.js';

/** The normalisation of all VQGAN blocks. */
export function norm(network: Network, x: Value, name: string): Value {
  return groupNorm(network, x, { name, groups: 32, epsilon: 1e-6 });
}

/** x·σ(x). */
export function swish({ builder }: Network, x: Value): Value {
  return mul(builder, x, sigmoid(builder, x));
}

/** Every pixel repeated 2 × 2. */
export function doubled({ builder }: Network, x: Value): Value {
  return repeatPixels(builder, x, 2);
}

export interface BlockOptions {
  /** State-dict name of the block. */
  readonly name: string;
  readonly out: number;
}

/** x + conv(swish(norm(conv(swish(norm(x)))))); a 1×1 convolution brings x to `out` channels where they differ. */
export function residualBlock(network: Network, x: Value, { name, out }: BlockOptions): Value {
  const stage = (value: Value, index: 1 | 2) =>
    convolution(network, swish(network, norm(network, value, `${name}.norm${index}`)), {
      name: `${name}.conv${index}`,
      out,
      kernel: 3,
    });
  const change = stage(stage(x, 1), 2);
  const kept =
    x.type.shape[1] === out ? x : convolution(network, x, { name: `${name}.nin_shortcut`, out, kernel: 1 });
  return add(network.builder, kept, change);
}

/**
 * x + proj(softmax(qᵀk / √c) · v) over all positions, one head. The factor 1/√c is applied to q, which is smaller
 * than the table of scores.
 */
export function attentionBlock(network: Network, x: Value, name: string): Value {
  const { builder: b } = network;
  const [n = 1, c = 1, h = 1, w = 1] = x.type.shape;
  const normalised = norm(network, x, `${name}.norm`);
  const projected = (layer: 'q' | 'k' | 'v') =>
    reshape(b, convolution(network, normalised, { name: `${name}.${layer}`, out: c, kernel: 1 }), [
      n,
      c,
      h * w,
    ]);
  const query = mul(b, projected('q'), b.scalar(c ** -0.5));
  // Rows are query positions: [n, hw, c] · [n, c, hw].
  const weights = softmax(b, matMul(b, transpose(b, query, [0, 2, 1]), projected('k')));
  const mixed = matMul(b, projected('v'), transpose(b, weights, [0, 2, 1]));
  const change = convolution(network, reshape(b, mixed, [n, c, h, w]), {
    name: `${name}.proj_out`,
    out: c,
    kernel: 1,
  });
  return add(b, x, change);
}
