import { elementCount, type Shape, type Value } from 'onnx-gradients/graph';
import { gemm, reshape, transpose } from 'onnx-gradients/ops';
import { constantOf, type Network, parameter } from './weight-source.js';

export interface PatchEmbeddingOptions {
  readonly size: number;
  readonly patch: number;
  readonly width: number;
  readonly hasBias: boolean;
}

/**
 * `visual.conv1`, a convolution whose stride is its kernel, written as one matrix product over patches: [n, patches,
 * width]. Its gradient is then a matrix product too, not a transposed convolution with a kernel of 32 × 32.
 */
export function patchEmbedding(
  network: Network,
  pixels: Value,
  { size, patch, width, hasBias }: PatchEmbeddingOptions,
): Value {
  const { builder: b } = network;
  const [n = 1] = pixels.type.shape;
  const grid = Math.floor(size / patch);
  const tiled = transpose(b, reshape(b, pixels, [n, 3, grid, patch, grid, patch]), [0, 2, 4, 1, 3, 5]);
  const flat = reshape(b, tiled, [n * grid * grid, 3 * patch * patch]);
  const matrix = kernelMatrix(network, [width, 3, patch, patch]);
  const operands = [flat, matrix, ...(hasBias ? [parameter(network, 'visual.conv1.bias', [width])] : [])];
  return reshape(b, gemm(b, operands, { transB: true }), [n, grid * grid, width]);
}

/** The kernel as rows; a constant one is laid out here and now. */
function kernelMatrix(network: Network, shape: Shape): Value {
  const { builder: b, declare } = network;
  const [width = 1] = shape;
  const flat = [width, elementCount(shape) / width];
  const name = 'visual.conv1.weight';
  if (declare) return reshape(b, declare(name, shape), flat);
  return constantOf(network, name, { shape, as: flat });
}
