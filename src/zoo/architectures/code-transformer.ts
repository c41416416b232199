import { float32, int64, type Tensor, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import { attend, causalMask, clipTransformer, feedForward } from './clip-transformer.js';
import { dense, layerNorm } from './dense.js';
import { tokenEmbedding } from './token-embedding.js';
import { type Network, parameter } from './weight-source.js';

/**
 * The transformer over code indices (Esser et al. 2021, section 3.2). It is causal in raster order; each place reads the codes to
 * its left, above and above right, its position, and what the words want there, its plan. `codeSequence` is the whole
 * grid at once, for training; `codeStep` one place after another, with the keys and values of those before.
 */

const ACTIVATION = 'gelu';
const TRANSFORMER = 'transformer';

/** Places of the grid. */
export const placesOf = ({ grid: [rows, columns] }: CodeTransformerConfig): number => rows * columns;

/** The number that stands for a code beyond the grid. */
export const outsideOf = ({ codes }: CodeTransformerConfig): number => codes;

/** What words want at each place: ids int64 [n, context] to plans [n, places, width], each place asking the words anew. */
export function codePlan(network: Network, config: CodeTransformerConfig, ids: Value): Value {
  const { builder: b } = network;
  const { width, heads, context, textLayers } = config;
  const [n = 1] = ids.type.shape;
  const depth = width / heads;
  const places = placesOf(config);
  const read = clipTransformer(network, tokenEmbedding(prefixed(network, 'text.'), ids, config), {
    ...{
      width,
      heads,
      layers: textLayers,
      activation: ACTIVATION,
      name: 'text.transformer',
      length: context,
    },
  });
  const words = layerNorm(network, read, 'text.ln_final');
  const packed = dense(network, words, {
    ...{ weight: 'plan.attn.kv_proj_weight', bias: 'plan.attn.kv_proj_bias', out: 2 * width },
  });
  const byHead = op.transpose(b, op.reshape(b, packed, [n, context, 2, heads, depth]), [2, 0, 3, 1, 4]);
  const [key, value] = op.split(b, byHead, [1, 1], 0).map((part) => op.squeeze(b, part, [0]));
  if (!key || !value) throw new Error('Split returned fewer than two outputs.');
  const asked = op.reshape(b, parameter(network, 'plan.query_embedding', [places, width]), [
    places,
    heads,
    depth,
  ]);
  const query = op.expand(b, op.transpose(b, asked, [1, 0, 2]), [n, heads, places, depth]);
  const answers = dense(network, attend(network, { query, key, value }), {
    ...{ weight: 'plan.attn.out_proj.weight', bias: 'plan.attn.out_proj.bias', out: width },
  });
  return op.reshape(b, answers, [n, places, width]);
}

export interface CodeSequenceOptions {
  readonly config: CodeTransformerConfig;
  /** The codes to the left, above and above right of each place, int64 [n, places, 3]. */
  readonly near: Value;
  /** [n, places, width] */
  readonly plan: Value;
}

/** The logits of every place's code, [n · places, codes], each from the places before it. */
export function codeSequence(network: Network, { config, near, plan }: CodeSequenceOptions): Value {
  const { builder: b } = network;
  const [n = 1] = near.type.shape;
  const { width, heads, layers } = config;
  const length = placesOf(config);
  const positioned = op.add(b, nearEmbedding(network, config, near), positions(network, config));
  const tokens = op.reshape(b, op.add(b, positioned, plan), [n * length, width]);
  const mask = causalMask(b, length);
  const output = clipTransformer(network, tokens, {
    ...{ width, heads, layers, activation: ACTIVATION, name: TRANSFORMER, length, mask },
  });
  return logitsOf(network, config, output);
}

export interface CodeStepOptions {
  readonly config: CodeTransformerConfig;
  /** int64 [rows, 3] */
  readonly near: Value;
  /** int64 [1] */
  readonly position: Value;
  /** [rows, width] */
  readonly plan: Value;
  /** Keys and values of the places before: [layers, 2, rows, heads, places, depth]. */
  readonly past: Value;
}

/** One place: its logits [rows, codes], and its keys and values [layers, 2, rows, heads, 1, depth]. */
export function codeStep(
  network: Network,
  { config, near, position, plan, past }: CodeStepOptions,
): { readonly logits: Value; readonly present: Value } {
  const { builder: b } = network;
  const { width, heads, layers } = config;
  const [rows = 1] = near.type.shape;
  const depth = width / heads;
  const length = placesOf(config);
  const mask = pastMask(network, length, position);
  const here = op.gather(b, positions(network, config), position);
  let tokens = op.add(b, op.add(b, nearEmbedding(network, config, near), here), plan);
  const made: Value[] = [];
  for (const [layer, ofLayer] of op.split(b, past, Array(layers).fill(1), 0).entries()) {
    const name = `${TRANSFORMER}.resblocks.${layer}`;
    const packed = dense(network, layerNorm(network, tokens, `${name}.ln_1`), {
      ...{ weight: `${name}.attn.in_proj_weight`, bias: `${name}.attn.in_proj_bias`, out: 3 * width },
    });
    const parts = op.split(b, op.reshape(b, packed, [rows, 3, heads, depth]), [1, 1, 1], 1);
    const [query, ownKey, ownValue] = parts.map((part) => op.reshape(b, part, [rows, heads, 1, depth]));
    const [pastKey, pastValue] = op.split(b, ofLayer, [1, 1], 1).map((part) => op.squeeze(b, part, [0, 1]));
    if (!query || !ownKey || !ownValue || !pastKey || !pastValue)
      throw new Error('Split returned too few outputs.');
    const mixed = attend(network, {
      query,
      key: op.concat(b, [pastKey, ownKey], 2),
      value: op.concat(b, [pastValue, ownValue], 2),
      mask,
    });
    const attended = dense(network, mixed, {
      ...{ weight: `${name}.attn.out_proj.weight`, bias: `${name}.attn.out_proj.bias`, out: width },
    });
    tokens = op.add(b, tokens, attended);
    const fed = layerNorm(network, tokens, `${name}.ln_2`);
    tokens = op.add(b, tokens, feedForward(network, fed, { name: `${name}.mlp`, activation: ACTIVATION }));
    made.push(...[ownKey, ownValue].map((value) => op.unsqueeze(b, value, [0])));
  }
  const present = op.reshape(b, op.concat(b, made, 0), [layers, 2, rows, heads, 1, depth]);
  return { logits: logitsOf(network, config, tokens), present };
}

/** The codes around each place as vectors, added: [..., 3] to [..., width]. */
function nearEmbedding(network: Network, { codes, width }: CodeTransformerConfig, near: Value): Value {
  const { builder: b } = network;
  const axis = near.type.shape.length - 1;
  const vectors = op.split(b, near, [1, 1, 1], axis).map((ids, index) => {
    const table = parameter(network, `near.${['left', 'above', 'right'][index]}.weight`, [codes + 1, width]);
    return op.gather(b, table, op.squeeze(b, ids, [axis]));
  });
  return vectors.reduce((sum, vector) => op.add(b, sum, vector));
}

const positions = (network: Network, config: CodeTransformerConfig): Value =>
  parameter(network, 'positional_embedding', [placesOf(config), config.width]);

function logitsOf(network: Network, { codes, width }: CodeTransformerConfig, tokens: Value): Value {
  const { builder: b } = network;
  const head = parameter(network, 'head.weight', [codes, width]);
  return op.gemm(b, [layerNorm(network, tokens, 'ln_final'), head], { transB: true });
}

/** 0 for what was kept before a position and for the position itself, which comes last; −∞ for what is not yet there. */
function pastMask({ builder: b }: Network, length: number, position: Value): Value {
  const places = b.constant(range(length), 'places');
  const isBefore = op.less(b, places, position);
  const kept = op.where(b, isBefore, b.scalar(0), b.scalar(Number.NEGATIVE_INFINITY));
  return op.concat(b, [kept, b.constant(float32([1], [0]))], 0);
}

const range = (length: number): Tensor =>
  int64(
    [length],
    Array.from({ length }, (_, index) => index),
  );

/** The network with a prefix before every parameter's name. */
function prefixed(network: Network, prefix: string): Network {
  const { declare, stored } = network;
  return {
    ...network,
    weights: (name, shape) => network.weights(prefix + name, shape),
    ...(stored && { stored: (name, shape) => stored(prefix + name, shape) }),
    ...(declare && { declare: (name, shape) => declare(prefix + name, shape) }),
  };
}
