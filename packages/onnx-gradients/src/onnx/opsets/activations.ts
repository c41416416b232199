import { floatAttribute, stringAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { castTensor } from '../fold/cast.js';
import { add, div, erf, mul, sigmoid, tanh } from '../ops.js';
import { float32 } from '../tensor.js';
import { type Conversion, inputOf } from './call.js';

/** A number as a scalar of a value's element type. */
export function scalarLike(b: GraphBuilder, x: Value, value: number): Value {
  return b.constant(castTensor(float32([], [value]), x.type.elementType));
}

/**
 * Gelu (20): x/2 · (1 + erf(x/√2)); with `approximate` = tanh x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))).
 */
const gelu: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const scalar = (value: number) => scalarLike(b, x, value);
  const approximate = stringAttribute(node, 'approximate', 'none');
  const cubic = () => add(b, x, mul(b, scalar(0.044715), mul(b, mul(b, x, x), x)));
  const inner =
    approximate === 'tanh'
      ? tanh(b, mul(b, scalar(Math.sqrt(2 / Math.PI)), cubic()))
      : erf(b, div(b, x, scalar(Math.SQRT2)));
  return [mul(b, mul(b, scalar(0.5), x), add(b, inner, scalar(1)))];
};

/** Swish (24): x · σ(α·x). */
const swish: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const alpha = floatAttribute(node, 'alpha', 1);
  return [mul(b, x, sigmoid(b, alpha === 1 ? x : mul(b, scalarLike(b, x, alpha), x)))];
};

export const ACTIVATIONS: Readonly<Record<string, Conversion>> = { Gelu: gelu, Swish: swish };
