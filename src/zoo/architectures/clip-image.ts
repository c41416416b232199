import type { Value } from 'onnx-gradients/graph';
import { add, concat, expand, matMul, reshape } from 'onnx-gradients/ops';
import type { ClipVitConfig } from '../../contracts/architectures.js';
import { clipTransformer } from './clip-transformer.js';
import { layerNorm } from './dense.js';
import { patchEmbedding } from './patch-embedding.js';
import { type Network, parameter } from './weight-source.js';

export interface ClipImageOptions {
  readonly config: ClipVitConfig;
  /** [n, 3, size, size], normalised with CLIP's mean and deviation. */
  readonly pixels: Value;
}

/** CLIP's Vision Transformer (Radford et al. 2021, section 2.4): pixels to embeddings [n, embedding], not normalised. */
export function clipImageTower(network: Network, { config, pixels }: ClipImageOptions): Value {
  const { builder: b } = network;
  const { size, patch, width, embedding } = config;
  const n = pixels.type.shape[0] ?? 1;
  const length = (size / patch) ** 2 + 1;
  const patches = patchEmbedding(network, pixels, { size, patch, width, hasBias: false });
  const classToken = expand(
    b,
    reshape(b, parameter(network, 'visual.class_embedding', [width]), [1, 1, width]),
    [n, 1, width],
  );
  const positions = parameter(network, 'visual.positional_embedding', [length, width]);
  const tokens = add(b, concat(b, [classToken, patches], 1), positions);
  const rows = layerNorm(network, reshape(b, tokens, [n * length, width]), 'visual.ln_pre');
  const options = { ...config, name: 'visual.transformer', length, firstOnly: true };
  const pooled = layerNorm(network, clipTransformer(network, rows, options), 'visual.ln_post');
  return matMul(b, pooled, parameter(network, 'visual.proj', [width, embedding]));
}
