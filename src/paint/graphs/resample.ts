import { float32, type GraphBuilder, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

export interface ResampleOptions {
  /** [n, 2]: the centre of the first sample and the distance to the next, in source pixels. */
  readonly line: Value;
  /** Samples a row, S. */
  readonly size: number;
  /** Source pixels, L. */
  readonly length: number;
}

/**
 * The matrices [n, S, L] that crop and resample one axis with a triangle filter, widened when shrinking, so that no
 * detail finer than a sample gets through. Every row sums to 1; rows whose centre lies outside the source are 0.
 *
 * With R_x for columns and R_y for rows, a cutout of X is R_y·X·R_xᵀ; its gradient is the same products transposed.
 */
export function resamplingMatrices(b: GraphBuilder, { line, size, length }: ResampleOptions): Value {
  const [n = 0] = line.type.shape;
  const [first, step] = op.split(b, op.reshape(b, line, [n, 2, 1]), [1, 1], 1) as [Value, Value]; // two sizes, two outputs
  const steps = b.constant(
    float32(
      [1, size, 1],
      Float32Array.from({ length: size }, (_, index) => index),
    ),
  );
  const centres = op.add(b, first, op.mul(b, steps, step));
  const pixels = Float32Array.from({ length }, (_, index) => index + 0.5);
  const distances = op.abs(b, op.sub(b, b.constant(float32([1, 1, length], pixels)), centres));
  const support = op.max(b, [op.abs(b, step), b.scalar(1)]);
  const weights = op.relu(b, op.sub(b, b.scalar(1), op.div(b, distances, support)));
  const inside = op.and(
    b,
    op.greaterOrEqual(b, centres, b.scalar(0)),
    op.lessOrEqual(b, centres, b.scalar(length)),
  );
  const sums = op.max(b, [op.reduceSum(b, weights, [2]), b.scalar(1e-6)]);
  return op.div(b, weights, op.where(b, inside, sums, b.scalar(Number.POSITIVE_INFINITY)));
}
