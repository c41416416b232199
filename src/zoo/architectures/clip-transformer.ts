import { float32, type GraphBuilder, type Value } from 'onnx-gradients/graph';
import { add, matMul, mul, reshape, slice, softmax, split, squeeze, transpose } from 'onnx-gradients/ops';
import type { Activation } from '../../contracts/architectures.js';
import { activate } from './activation.js';
import { dense, layerNorm } from './dense.js';
import type { Network } from './weight-source.js';

export interface ClipTransformerOptions {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly activation: Activation;
  /** Width inside feed-forward blocks; four times `width` when absent. */
  readonly hidden?: number;
  /** Of the normalisations; 1e-5 when absent. */
  readonly epsilon?: number;
  /** State-dict name of the transformer. */
  readonly name: string;
  /** Tokens a sequence; x has sequences · length rows. */
  readonly length: number;
  /** Added to the scores, broadcasting to [sequences, heads, length, length]. */
  readonly mask?: Value;
  /**
   * Only the first token of each sequence is wanted, as [sequences, width]. The last block then asks of the others nothing
   * but keys and values, which spares a twelve-layer tower a sixteenth of its work, forward and back.
   */
  readonly firstOnly?: boolean;
}

/**
 * The pre-norm transformer of both CLIP towers: x [sequences · length, width] to the same shape. Tokens stay rows of one
 * matrix throughout, so that every projection is one Gemm with its bias.
 */
export function clipTransformer(network: Network, x: Value, options: ClipTransformerOptions): Value {
  const { builder: b } = network;
  const { epsilon = 1e-5, layers, firstOnly = false } = options;
  let tokens = x;
  for (let layer = 0; layer < layers; layer += 1) {
    const name = `${options.name}.resblocks.${layer}`;
    const block = { ...options, name, firstOnly: firstOnly && layer === layers - 1 };
    const normalised = layerNorm(network, tokens, `${name}.ln_1`, epsilon);
    const kept = block.firstOnly ? firstRows(b, tokens, options.length) : tokens;
    tokens = add(b, kept, selfAttention(network, normalised, block));
    const fed = feedForward(network, layerNorm(network, tokens, `${name}.ln_2`, epsilon), {
      ...options,
      name: `${name}.mlp`,
    });
    tokens = add(b, tokens, fed);
  }
  return tokens;
}

/** Of rows [sequences · length, width] the first of each sequence. */
function firstRows(b: GraphBuilder, rows: Value, length: number): Value {
  const [count = 0, width = 0] = rows.type.shape;
  const bySequence = reshape(b, rows, [count / length, length, width]);
  return reshape(b, slice(b, bySequence, { starts: [0], ends: [1], axes: [1] }), [count / length, width]);
}

/** Multi-head self-attention; rows for all tokens, or for the first of each sequence. */
function selfAttention(network: Network, x: Value, options: ClipTransformerOptions): Value {
  const { builder: b } = network;
  const { name, width, heads, length, firstOnly } = options;
  const sequences = (x.type.shape[0] ?? 0) / length;
  const packed = dense(network, x, {
    weight: `${name}.attn.in_proj_weight`,
    bias: `${name}.attn.in_proj_bias`,
    out: 3 * width,
  });
  const shape = [sequences, length, 3, heads, width / heads];
  const byHead = transpose(b, reshape(b, packed, shape), [2, 0, 3, 1, 4]);
  const [queries, key, value] = split(b, byHead, [1, 1, 1], 0).map((part) => squeeze(b, part, [0]));
  if (!queries || !key || !value) throw new Error('Split returned fewer than three outputs.');
  const query = firstOnly ? slice(b, queries, { starts: [0], ends: [1], axes: [2] }) : queries;
  const mixed = attend(network, { query, key, value, ...(options.mask && { mask: options.mask }) });
  return dense(network, mixed, {
    weight: `${name}.attn.out_proj.weight`,
    bias: `${name}.attn.out_proj.bias`,
    out: width,
  });
}

export interface Attending {
  /** [sequences, heads, queries, depth] */
  readonly query: Value;
  /** Keys and values: [sequences, heads, length, depth]. */
  readonly key: Value;
  readonly value: Value;
  readonly mask?: Value;
}

/** softmax(q·kᵀ/√depth + mask)·v as rows [sequences · queries, heads · depth]; the factor is applied to the queries. */
export function attend({ builder: b }: Network, { query, key, value, mask }: Attending): Value {
  const [sequences = 1, heads = 1, queries = 1, depth = 1] = query.type.shape;
  const scores = matMul(b, mul(b, query, b.scalar(depth ** -0.5)), transpose(b, key, [0, 1, 3, 2]));
  const weights = softmax(b, mask ? add(b, scores, mask) : scores);
  const mixed = transpose(b, matMul(b, weights, value), [0, 2, 1, 3]);
  return reshape(b, mixed, [sequences * queries, heads * depth]);
}

export interface FeedForwardOptions {
  /** State-dict name of the block. */
  readonly name: string;
  readonly hidden?: number;
  readonly activation: Activation;
}

/** Two layers with the activation between them. */
export function feedForward(
  network: Network,
  x: Value,
  { name, hidden, activation }: FeedForwardOptions,
): Value {
  const width = x.type.shape[1] ?? 0;
  const layer = (value: Value, part: 'c_fc' | 'c_proj', out: number) =>
    dense(network, value, { weight: `${name}.${part}.weight`, bias: `${name}.${part}.bias`, out });
  const widened = layer(x, 'c_fc', hidden ?? 4 * width);
  return layer(activate(network.builder, widened, activation), 'c_proj', width);
}

/** 0 where a token may look (itself and before), −∞ after. */
export function causalMask(builder: GraphBuilder, length: number): Value {
  const values = Array.from({ length: length * length }, (_, index) =>
    index % length > Math.floor(index / length) ? Number.NEGATIVE_INFINITY : 0,
  );
  return builder.constant(float32([length, length], values), 'causal_mask');
}
