import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/**
 * Replaces every cell of a latent by its nearest codebook row, q(ẑ)_ij = argmin_k ‖ẑ_ij − z_k‖ (Esser et al. 2021,
 * equation 2). ‖ẑ‖² is the same for every k and left out. The result has no gradient path to the latent: treating its
 * gradient as the latent's own is the straight-through estimator.
 *
 * @param latent [1, dim, rows, columns]
 * @param codebook [codes, dim]
 */
export function quantise(b: GraphBuilder, latent: Value, codebook: Value): Value {
  const [, dim = 0, rows = 0, columns = 0] = latent.type.shape;
  const cells = op.reshape(b, op.transpose(b, latent, [0, 2, 3, 1]), [rows * columns, dim]);
  const indices = nearestCodes(b, cells, codebook);
  const quantised = op.reshape(b, op.gather(b, codebook, indices), [1, rows, columns, dim]);
  return op.transpose(b, quantised, [0, 3, 1, 2]);
}

/** The index of the nearest codebook row for each of the cells [n, dim], int64 [n]. */
export function nearestCodes(b: GraphBuilder, cells: Value, codebook: Value): Value {
  const products = op.matMul(b, cells, op.transpose(b, codebook, [1, 0]));
  const squares = op.reduceSumSquare(b, codebook, [1], false);
  const distances = op.sub(b, squares, op.mul(b, products, b.scalar(2)));
  return op.argMin(b, distances, 1, false);
}
