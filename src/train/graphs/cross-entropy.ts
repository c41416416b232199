import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { meanOf, scaled } from './emit.js';

/**
 * −mean log softmax(logits)[target] in nats, a scalar, with its gradient by the logits, (softmax − one-hot)/rows: of logits
 * [rows, classes] and integer targets [rows]. Written out, because the exponentials serve both and no device lacks an operator.
 */
export function crossEntropy(
  b: GraphBuilder,
  logits: Value,
  targets: Value,
): { readonly loss: Value; readonly gradient: Value } {
  const [rows = 1, classes = 1] = logits.type.shape;
  const shifted = op.sub(b, logits, op.reduceMax(b, logits, [1]));
  const powers = op.exp(b, shifted);
  const sums = op.reduceSum(b, powers, [1]);
  const isTarget = op.equal(b, op.reshape(b, targets, [rows, 1]), everyClass(b, targets, classes));
  const oneHot = op.cast(b, isTarget, 'float32');
  const chosen = op.reduceSum(b, op.mul(b, shifted, oneHot), [1]);
  return {
    loss: meanOf(b, op.sub(b, op.log(b, sums), chosen)),
    gradient: scaled(b, op.sub(b, op.div(b, powers, sums), oneHot), 1 / rows),
  };
}

/** 0, 1, … as the targets' integers, [1, classes]. */
function everyClass(b: GraphBuilder, { type: { elementType } }: Value, classes: number): Value {
  const numbers = b.int64s(Array.from({ length: classes }, (_, index) => index));
  return op.reshape(b, elementType === 'int64' ? numbers : op.cast(b, numbers, elementType), [1, classes]);
}
