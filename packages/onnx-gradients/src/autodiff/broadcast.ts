import type { GraphBuilder, Value } from '../onnx/builder.js';
import type { Shape } from '../onnx/tensor.js';
import { reshape, scale, sumOver } from './emit.js';

/** Whether a value of shape `from` broadcasts to exactly `to` (ONNX multidirectional broadcasting). */
export function broadcastsTo(from: Shape, to: Shape): boolean {
  const offset = to.length - from.length;
  return offset >= 0 && from.every((length, axis) => length === 1 || length === to[axis + offset]);
}

export interface SumToShape {
  readonly builder: GraphBuilder;
  readonly gradient: Value;
  /** The shape that the input was broadcast to; `gradient` broadcasts to it too. */
  readonly from: Shape;
  /** The input's own shape. */
  readonly to: Shape;
}

/**
 * The transpose of broadcasting: sums over every axis that the input was repeated along. Along an axis where the
 * gradient itself is still unexpanded that sum is a multiplication by the axis' length. The result broadcasts to `to`.
 */
export function sumToShape({ builder, gradient, from, to }: SumToShape): Value {
  const { shape } = gradient.type;
  const offset = shape.length - from.length;
  let factor = 1;
  const summed: number[] = [];
  from.forEach((length, axis) => {
    const own = to[axis + to.length - from.length] ?? 1;
    if (own === length) return;
    const axisOfGradient = axis + offset;
    if ((shape[axisOfGradient] ?? 1) === 1) factor *= length;
    else summed.push(axisOfGradient);
  });
  const total = scale(builder, sumOver(builder, gradient, summed), factor);
  // What stands before the input's first axis has length 1 now.
  const surplus = Math.max(0, shape.length - to.length);
  return reshape(builder, total, total.type.shape.slice(surplus));
}
