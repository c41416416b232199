import { gradients } from 'onnx-gradients';
import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/** A power of two, so that nothing is rounded: gradients of a painting are about 2⁻¹² and half precision ends at 2⁻²⁴. */
const LIFT = 4096;

export interface Differentiated {
  readonly value: Value;
  readonly cotangent: Value;
  readonly wrt: Value;
  /** Whether half precision lies on the way. */
  readonly isHalf: boolean | undefined;
}

/** The gradient of ⟨cotangent, value⟩; on a way through half precision lifted to where that is exact. */
export function liftedGradient(
  b: GraphBuilder,
  { value, cotangent, wrt, isHalf }: Differentiated,
): Value | undefined {
  const seed = isHalf ? op.mul(b, cotangent, b.scalar(LIFT)) : cotangent;
  const [gradient] = gradients(b, { of: [{ value, cotangent: seed }], wrt: [wrt] });
  return gradient && isHalf ? op.mul(b, gradient, b.scalar(1 / LIFT)) : gradient;
}
