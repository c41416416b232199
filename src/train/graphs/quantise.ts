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

/** Every cell of a latent [n, width, h, w] replaced by its nearest row of the codebook [codes, width] (Esser et al. 2021, eq. 2). */
export function quantise(b: GraphBuilder, latent: Value, codebook: Value): Quantised {
  const [n = 1, width = 1, h = 1, w = 1] = latent.type.shape;
  const cells = op.reshape(b, op.transpose(b, latent, [0, 2, 3, 1]), [n * h * w, width]);
  // ‖z − c‖² without the part that is the same for every code.
  const squares = op.reduceSumSquare(b, codebook, [1], false);
  const products = op.matMul(b, cells, op.transpose(b, codebook, [1, 0]));
  const indices = op.argMin(b, op.sub(b, squares, op.mul(b, products, b.scalar(2))), 1, false);
  const rows = op.reshape(b, op.gather(b, codebook, indices), [n, h, w, width]);
  return { cells, indices, latent: op.transpose(b, rows, [0, 3, 1, 2]) };
}
