import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import { add, erf, mul, sigmoid, tanh } from 'onnx-gradients/ops';
import type { Activation } from '../../contracts/architectures.js';

/** What stands between the two layers of a transformer's feed-forward block. */
export function activate(b: GraphBuilder, x: Value, activation: Activation): Value {
  return ACTIVATIONS[activation](b, x);
}

const ACTIVATIONS = {
  // x·σ(1.702x), CLIP's approximation of GELU.
  'quick-gelu': (b, x) => mul(b, x, sigmoid(b, mul(b, x, b.scalar(1.702)))),
  // x·Φ(x) = ½x(1 + erf(x/√2)) (Hendrycks and Gimpel 2016).
  gelu: (b, x) => gated(b, x, erf(b, mul(b, x, b.scalar(Math.SQRT1_2)))),
  // ½x(1 + tanh(√(2/π)·(x + 0.044715x³))), with x factored out.
  'tanh-gelu': (b, x) => {
    const slope = add(b, mul(b, mul(b, x, x), b.scalar(0.044715)), b.scalar(1));
    return gated(b, x, tanh(b, mul(b, mul(b, x, slope), b.scalar(Math.sqrt(2 / Math.PI)))));
  },
} as const satisfies Record<Activation, (b: GraphBuilder, x: Value) => Value>;

/** ½x(1 + g). */
function gated(b: GraphBuilder, x: Value, gate: Value): Value {
  return mul(b, mul(b, x, b.scalar(0.5)), add(b, gate, b.scalar(1)));
}
