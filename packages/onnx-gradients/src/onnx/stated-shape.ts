import type { GraphBuilder, Value } from './builder.js';
import { isMisjudged } from './shapes/resampling.js';

interface Scaled {
  readonly x: Value;
  readonly scales: readonly number[];
  /** The axes that are scaled; all when absent. */
  readonly axes?: readonly number[] | undefined;
}

/** Whether shape inference finds the lengths that a Resize by these scales gives. */
export const isAsInferred = ({ x, scales, axes = [...scales.keys()] }: Scaled): boolean =>
  axes.every((axis, i) => !isMisjudged(x.type.shape.at(axis) ?? 1, scales[i] ?? 1));

/**
 * The result of a Resize, with its shape stated where shape inference would take it for another and refuse what comes
 * after it.
 */
export function statedShape(b: GraphBuilder, y: Value, scaled: Scaled): Value {
  if (isAsInferred(scaled)) return y;
  // A Reshape to the shape that is there already: folding would remove it.
  const [name, shape] = [b.freshName('Reshape'), b.int64s(y.type.shape)];
  const inputs = [y.name, shape.name];
  b.adopt({ name, opType: 'Reshape', domain: '', inputs, outputs: [name], attributes: {} });
  return b.value(name);
}
