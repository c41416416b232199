import type { Value } from 'onnx-gradients/graph';
import { add, gather, reshape } from 'onnx-gradients/ops';
import { type Network, parameter } from './weight-source.js';

export interface TokenEmbeddingOptions {
  readonly width: number;
  readonly context: number;
  readonly vocabulary: number;
}

/** Ids [n, context] as rows [n · context, width]: each token's vector plus its position's. */
export function tokenEmbedding(
  network: Network,
  ids: Value,
  { width, context, vocabulary }: TokenEmbeddingOptions,
): Value {
  const { builder: b } = network;
  const [n = 1] = ids.type.shape;
  const embedded = gather(b, parameter(network, 'token_embedding.weight', [vocabulary, width]), ids);
  const positioned = add(b, embedded, parameter(network, 'positional_embedding', [context, width]));
  return reshape(b, positioned, [n * context, width]);
}
