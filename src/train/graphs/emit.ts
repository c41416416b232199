import { elementCount, type GraphBuilder, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/** Mean of all elements, a scalar. */
export function meanOf(b: GraphBuilder, value: Value): Value {
  return op.reduceMean(b, value, undefined, false);
}

/** mean((x − y)²), a scalar. */
export function meanSquare(b: GraphBuilder, x: Value, y: Value): Value {
  const difference = op.sub(b, x, y);
  return meanOf(b, op.mul(b, difference, difference));
}

export function scaled(b: GraphBuilder, value: Value, factor: number): Value {
  return factor === 1 ? value : op.mul(b, value, b.scalar(factor));
}

/** The sign of each element: −1, 0 or 1. Some devices have no kernel for Sign. */
export function signOf(b: GraphBuilder, value: Value): Value {
  const zero = b.scalar(0);
  const [above, below] = [op.greater(b, value, zero), op.less(b, value, zero)];
  return op.sub(b, op.cast(b, above, 'float32'), op.cast(b, below, 'float32'));
}

/** mean|x − y| with its gradient by x. */
export function absoluteError(
  b: GraphBuilder,
  x: Value,
  y: Value,
): { readonly loss: Value; readonly gradient: Value } {
  const difference = op.sub(b, x, y);
  const loss = meanOf(b, op.abs(b, difference));
  return { loss, gradient: scaled(b, signOf(b, difference), 1 / elementCount(x.type.shape)) };
}

/** √Σx², a scalar. */
export function normOf(b: GraphBuilder, value: Value): Value {
  return op.sqrt(b, op.reduceSumSquare(b, value, undefined, false));
}
