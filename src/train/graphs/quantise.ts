import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

export interface Quantised {
  /** The latent's cells as rows, [cells, width]. */
  readonly cells: Value;
  /** The nearest row of the codebook to each, int64 [cells]. */
  readonly indices: Value;
  /** Those rows as a latent [n, width, h, w]: no gradient leads from here to the latent, but one to the codebook. */
  readonly latent: Value;
}

/**
 * Every cell of a latent [n, width, h, w] replaced by its nearest row of the codebook [codes, width] (Esser et al. 2021, eq. 2),
 * or by the rows that are held.
 */
export function quantise(b: GraphBuilder, latent: Value, codebook: Value, held?: Value): Quantised {
  const [n = 1, width = 1, h = 1, w = 1] = latent.type.shape;
  const cells = op.reshape(b, op.transpose(b, latent, [0, 2, 3, 1]), [n * h * w, width]);
  const indices = held ?? nearestRows(b, cells, codebook);
  const rows = op.reshape(b, op.gather(b, codebook, indices), [n, h, w, width]);
  return { cells, indices, latent: op.transpose(b, rows, [0, 3, 1, 2]) };
}

function nearestRows(b: GraphBuilder, cells: Value, codebook: Value): Value {
  // ‖z − c‖² without the part that is the same for every code.
  const squares = op.reduceSumSquare(b, codebook, [1], false);
  const products = op.matMul(b, cells, op.transpose(b, codebook, [1, 0]));
  return op.argMin(b, op.sub(b, squares, op.mul(b, products, b.scalar(2))), 1, false);
}
