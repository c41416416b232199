import { float32, type GraphBuilder, type Value } from 'onnx-gradients/graph';
import { argMax, gatherND, matMul, reshape } from 'onnx-gradients/ops';
import type { ClipTextConfig } from '../../contracts/architectures.js';
import { clipTransformer } from './clip-transformer.js';
import { layerNorm } from './dense.js';
import { tokenEmbedding } from './token-embedding.js';
import { type Network, parameter } from './weight-source.js';

export interface ClipTextOptions {
  readonly config: ClipTextConfig;
  /** Token ids, int64 [n, context]; the end token has the largest id, as in CLIP's vocabulary. */
  readonly ids: Value;
}

/** CLIP's text transformer: token ids to embeddings [n, embedding], not normalised, read at each text's end token. */
export function clipTextTower(network: Network, { config, ids }: ClipTextOptions): Value {
  const { builder: b } = network;
  const { width, context, embedding } = config;
  const [n = 1] = ids.type.shape;
  const output = clipTransformer(network, tokenEmbedding(network, ids, config), {
    ...config,
    name: 'transformer',
    length: context,
    mask: causalMask(b, context),
  });
  const ends = argMax(b, ids, 1, true);
  const last = gatherND(b, reshape(b, output, [n, context, width]), ends, 1);
  const pooled = layerNorm(network, last, 'ln_final');
  return matMul(b, pooled, parameter(network, 'text_projection', [width, embedding]));
}

/** 0 where a token may look (itself and before), −∞ after. */
function causalMask(builder: GraphBuilder, length: number): Value {
  const values = Array.from({ length: length * length }, (_, index) =>
    index % length > Math.floor(index / length) ? Number.NEGATIVE_INFINITY : 0,
  );
  return builder.constant(float32([length, length], values), 'causal_mask');
}
