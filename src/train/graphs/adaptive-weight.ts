import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { normOf, scaled } from './emit.js';

const EPSILON = 1e-4;
const LIMIT = 1e4;

/**
 * λ = ‖∇reconstruction‖ / (‖∇adversarial‖ + 1e-4), both by the decoder's last weight, cut at 1e4 and times `factor`
 * (Esser et al. 2021, eq. 7): the two losses pull equally hard at the last layer.
 */
export function adaptiveWeight(
  b: GraphBuilder,
  reconstruction: Value,
  adversarial: Value,
  factor: number,
): Value {
  const quotient = op.div(b, normOf(b, reconstruction), op.add(b, normOf(b, adversarial), b.scalar(EPSILON)));
  return scaled(b, op.clip(b, quotient, b.scalar(0), b.scalar(LIMIT)), factor);
}
