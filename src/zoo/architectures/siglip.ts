import type { Value } from 'onnx-gradients/graph';
import { add, expand, gemm, reshape, slice, split, transpose } from 'onnx-gradients/ops';
import type { SiglipImageConfig, SiglipTextConfig } from '../../contracts/architectures.js';
import { attend, clipTransformer, feedForward } from './clip-transformer.js';
import { dense, layerNorm } from './dense.js';
import { patchEmbedding } from './patch-embedding.js';
import { tokenEmbedding } from './token-embedding.js';
import { type Network, parameter } from './weight-source.js';

/** Of all of SigLIP's normalisations. */
const EPSILON = 1e-6;

export interface SiglipImageOptions {
  readonly config: SiglipImageConfig;
  /** [n, 3, size, size], normalised. */
  readonly pixels: Value;
}

/**
 * SigLIP's image tower (Zhai et al. 2023): no class token; a learned probe attends over the patches. Pixels to embeddings
 * [n, width], not normalised.
 */
export function siglipImageTower(network: Network, { config, pixels }: SiglipImageOptions): Value {
  const { builder: b } = network;
  const { size, patch, width } = config;
  const n = pixels.type.shape[0] ?? 1;
  const length = Math.floor(size / patch) ** 2;
  const patches = patchEmbedding(network, pixels, { size, patch, width, hasBias: true });
  const positions = parameter(network, 'visual.positional_embedding', [length, width]);
  const rows = reshape(b, add(b, patches, positions), [n * length, width]);
  const output = clipTransformer(network, rows, {
    ...config,
    name: 'visual.transformer',
    length,
    epsilon: EPSILON,
  });
  return attentionPool(network, layerNorm(network, output, 'visual.ln_post', EPSILON), { config, n });
}

/** x [n · length, width] seen by one probe: [n, width]. */
function attentionPool(
  network: Network,
  x: Value,
  { config, n }: { readonly config: SiglipImageConfig; readonly n: number },
): Value {
  const { builder: b } = network;
  const { width, heads } = config;
  const name = 'visual.attnpool';
  const length = (x.type.shape[0] ?? 0) / n;
  const weights = split(
    b,
    parameter(network, `${name}.in_proj_weight`, [3 * width, width]),
    [width, 2 * width],
    0,
  );
  const biases = split(b, parameter(network, `${name}.in_proj_bias`, [3 * width]), [width, 2 * width], 0);
  const [queryWeight, otherWeight] = weights;
  const [queryBias, otherBias] = biases;
  if (!queryWeight || !otherWeight || !queryBias || !otherBias) throw new Error('Split returned too little.');
  const project = (value: Value, weight: Value, bias: Value) =>
    gemm(b, [value, weight, bias], { transB: true });
  const probe = reshape(b, parameter(network, `${name}.probe`, [1, 1, width]), [1, width]);
  const query = reshape(b, project(probe, queryWeight, queryBias), [1, heads, 1, width / heads]);
  const packed = reshape(b, project(x, otherWeight, otherBias), [n, length, 2, heads, width / heads]);
  const [key, value] = split(b, transpose(b, packed, [2, 0, 3, 1, 4]), [1, 1], 0).map((part) =>
    reshape(b, part, [n, heads, length, width / heads]),
  );
  if (!key || !value) throw new Error('Split returned too little.');
  const mixed = attend(network, { query: expand(b, query, [n, heads, 1, width / heads]), key, value });
  const pooled = dense(network, mixed, {
    weight: `${name}.out_proj.weight`,
    bias: `${name}.out_proj.bias`,
    out: width,
  });
  const fed = feedForward(network, layerNorm(network, pooled, `${name}.ln`, EPSILON), {
    name: `${name}.mlp`,
    hidden: config.hidden,
    activation: config.activation,
  });
  return add(b, pooled, fed);
}

export interface SiglipTextOptions {
  readonly config: SiglipTextConfig;
  /** Token ids, int64 [n, context]. */
  readonly ids: Value;
}

/** SigLIP's text tower: every token sees all others; read at the last position. Ids to [n, embedding], not normalised. */
export function siglipTextTower(network: Network, { config, ids }: SiglipTextOptions): Value {
  const { builder: b } = network;
  const { width, context, embedding } = config;
  const [n = 1] = ids.type.shape;
  const output = clipTransformer(network, tokenEmbedding(network, ids, config), {
    ...config,
    name: 'transformer',
    length: context,
    epsilon: EPSILON,
  });
  const last = slice(b, reshape(b, output, [n, context, width]), {
    starts: [context - 1],
    ends: [context],
    axes: [1],
  });
  const pooled = layerNorm(network, reshape(b, last, [n, width]), 'ln_final', EPSILON);
  return dense(network, pooled, {
    weight: 'text_projection.weight',
    bias: 'text_projection.bias',
    out: embedding,
  });
}
