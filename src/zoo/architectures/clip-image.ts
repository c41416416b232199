import type { Value } from '../../onnx/builder.js';
import { add, concat, expand, gemm, matMul, reshape, slice, transpose } from '../../onnx/ops.js';
import type { ClipConfig } from './clip-config.js';
import { clipTransformer } from './clip-transformer.js';
import { layerNorm } from './dense.js';
import { type Network, parameter } from './weight-source.js';

export interface ClipImageOptions {
  readonly config: ClipConfig;
  /** [n, 3, size, size], normalised with CLIP's mean and deviation. */
  readonly pixels: Value;
}

/** CLIP's Vision Transformer (Radford et al. 2021, section 2.4): pixels to embeddings [n, embedding], not normalised. */
export function clipImageTower(network: Network, { config, pixels }: ClipImageOptions): Value {
  const { builder: b } = network;
  const { image, embedding } = config;
  const n = pixels.type.shape[0] ?? 1;
  const length = (image.size / image.patch) ** 2 + 1;
  const patches = patchEmbedding(network, pixels, config);
  const classToken = expand(
    b,
    reshape(b, parameter(network, 'visual.class_embedding', [image.width]), [1, 1, image.width]),
    [n, 1, image.width],
  );
  const positions = parameter(network, 'visual.positional_embedding', [length, image.width]);
  const tokens = add(b, concat(b, [classToken, patches], 1), positions);
  const rows = layerNorm(network, reshape(b, tokens, [n * length, image.width]), 'visual.ln_pre');
  const output = clipTransformer(network, rows, { ...image, name: 'visual.transformer', length });
  const first = slice(b, reshape(b, output, [n, length, image.width]), { starts: [0], ends: [1], axes: [1] });
  const pooled = layerNorm(network, reshape(b, first, [n, image.width]), 'visual.ln_post');
  return matMul(b, pooled, parameter(network, 'visual.proj', [image.width, embedding]));
}

/**
 * A convolution whose stride is its kernel, written as one matrix product over patches: [n, patches, width]. Its
 * gradient is then a matrix product too, not a transposed convolution with a kernel of 32 × 32.
 */
function patchEmbedding(network: Network, pixels: Value, { image }: ClipConfig): Value {
  const { builder: b } = network;
  const [n = 1] = pixels.type.shape;
  const { patch, width } = image;
  const grid = image.size / patch;
  const tiled = transpose(b, reshape(b, pixels, [n, 3, grid, patch, grid, patch]), [0, 2, 4, 1, 3, 5]);
  const flat = reshape(b, tiled, [n * grid * grid, 3 * patch * patch]);
  const kernel = network.weights('visual.conv1.weight', [width, 3, patch, patch]);
  const matrix = b.constant({ ...kernel, shape: [width, 3 * patch * patch] }, 'visual.conv1.weight');
  return reshape(b, gemm(b, [flat, matrix], { transB: true }), [n, grid * grid, width]);
}
