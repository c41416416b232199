import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/** Clamps to [0, 1]. */
export function clampToUnit(b: GraphBuilder, x: Value): Value {
  return op.clip(b, x, b.scalar(0), b.scalar(1));
}

/**
 * The gradient that a clamp lets through: g where g·(x − clamp x) ≥ 0, else 0. Descending along −g then never pushes a
 * value further out, but a saturated one still finds its way back, which the plain derivative (0 outside) forbids.
 */
export function clampGradient(
  b: GraphBuilder,
  { x, clamped, gradient }: { readonly x: Value; readonly clamped: Value; readonly gradient: Value },
): Value {
  const outward = op.mul(b, gradient, op.sub(b, x, clamped));
  return op.where(b, op.greaterOrEqual(b, outward, b.scalar(0)), gradient, b.scalar(0));
}
