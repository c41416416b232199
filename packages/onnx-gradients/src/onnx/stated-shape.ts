import type { GraphBuilder, Value } from './builder.js';
import { isMisjudged } from './shapes/resampling.js';

interface Scaled {
  readonly x: Value;
  readonly scales: readonly number[];
  /** The axes that are scaled; all when absent. */
  readonly axes?: readonly number[] | undefined;
}

/**
 * The result of a Resize, with its shape stated where shape inference would take it for another and refuse what comes
 * after it.
 */
export function statedShape(
  b: GraphBuilder,
  y: Value,
  { x, scales, axes = [...scales.keys()] }: Scaled,
): Value {
  const { shape } = x.type;
  const isAsInferred = axes.every((axis, i) => !isMisjudged(shape.at(axis) ?? 1, scales[i] ?? 1));
  return isAsInferred ? y : b.op('Reshape', [y, b.int64s(y.type.shape)]);
}
