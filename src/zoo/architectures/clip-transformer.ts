import type { Value } from '../../onnx/builder.js';
import { add, matMul, mul, reshape, sigmoid, softmax, split, squeeze, transpose } from '../../onnx/ops.js';
import type { ClipTransformer } from './clip-config.js';
import { dense, layerNorm } from './dense.js';
import type { Network } from './weight-source.js';

export interface ClipTransformerOptions extends ClipTransformer {
  /** State-dict name of the transformer. */
  readonly name: string;
  /** Tokens a sequence; x has sequences · length rows. */
  readonly length: number;
  /** Added to the scores, broadcasting to [sequences, heads, length, length]. */
  readonly mask?: Value;
}

/**
 * The pre-norm transformer of both CLIP towers: x [sequences · length, width] to the same shape. Tokens stay rows of one
 * matrix throughout, so that every projection is one Gemm with its bias.
 */
export function clipTransformer(network: Network, x: Value, options: ClipTransformerOptions): Value {
  const { builder: b } = network;
  let tokens = x;
  for (let layer = 0; layer < options.layers; layer += 1) {
    const name = `${options.name}.resblocks.${layer}`;
    const attended = attention(network, layerNorm(network, tokens, `${name}.ln_1`), { ...options, name });
    tokens = add(b, tokens, attended);
    const fed = feedForward(network, layerNorm(network, tokens, `${name}.ln_2`), `${name}.mlp`);
    tokens = add(b, tokens, fed);
  }
  return tokens;
}

/** Multi-head self-attention; the factor 1/√d is applied to the queries. */
function attention(network: Network, x: Value, options: ClipTransformerOptions): Value {
  const { builder: b } = network;
  const { name, width, heads, length, mask } = options;
  const sequences = (x.type.shape[0] ?? 0) / length;
  const depth = width / heads;
  const packed = dense(network, x, {
    weight: `${name}.attn.in_proj_weight`,
    bias: `${name}.attn.in_proj_bias`,
    out: 3 * width,
  });
  const byHead = transpose(b, reshape(b, packed, [sequences, length, 3, heads, depth]), [2, 0, 3, 1, 4]);
  const [query, key, value] = split(b, byHead, [1, 1, 1], 0).map((part) => squeeze(b, part, [0]));
  if (!query || !key || !value) throw new Error('Split returned fewer than three outputs.');
  const scores = matMul(b, mul(b, query, b.scalar(depth ** -0.5)), transpose(b, key, [0, 1, 3, 2]));
  const weights = softmax(b, mask ? add(b, scores, mask) : scores);
  const mixed = transpose(b, matMul(b, weights, value), [0, 2, 1, 3]);
  return dense(network, reshape(b, mixed, [sequences * length, width]), {
    weight: `${name}.attn.out_proj.weight`,
    bias: `${name}.attn.out_proj.bias`,
    out: width,
  });
}

/** Two layers with x·σ(1.702·x) between them, CLIP's approximation of GELU. */
function feedForward(network: Network, x: Value, name: string): Value {
  const { builder: b } = network;
  const width = x.type.shape[1] ?? 0;
  const layer = (value: Value, part: 'c_fc' | 'c_proj', out: number) =>
    dense(network, value, { weight: `${name}.${part}.weight`, bias: `${name}.${part}.bias`, out });
  const hidden = layer(x, 'c_fc', 4 * width);
  return layer(mul(b, hidden, sigmoid(b, mul(b, hidden, b.scalar(1.702)))), 'c_proj', width);
}
