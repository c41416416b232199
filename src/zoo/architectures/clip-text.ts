import type { Value } from 'onnx-gradients/graph';
import { argMax, gatherND, matMul, reshape } from 'onnx-gradients/ops';
import type { ClipTextConfig } from '../../contracts/architectures.js';
import { causalMask, clipTransformer } from './clip-transformer.js';
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
