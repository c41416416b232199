import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { meanOf } from './emit.js';

/** −mean log softmax(logits)[target] in nats, a scalar, of logits [rows, classes] and targets int64 [rows]. */
export function crossEntropy(b: GraphBuilder, logits: Value, targets: Value): Value {
  const [rows = 1] = logits.type.shape;
  const chosen = op.gatherElements(b, op.logSoftmax(b, logits), op.reshape(b, targets, [rows, 1]), 1);
  return op.neg(b, meanOf(b, chosen));
}
