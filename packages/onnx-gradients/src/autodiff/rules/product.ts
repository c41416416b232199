import type { Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { scale } from '../emit.js';
import { type Differentiation, gradientOf, inputAt, outputAt, type Rule } from '../rule.js';

interface Swish {
  /** σ(αx), an operand of the product. */
  readonly sigmoid: Value;
  readonly alpha: number;
}

/** The number α when `value` is x itself (1) or x times a constant scalar whose own gradient nobody wants. */
function multipleOf({ builder: b, requested }: Differentiation, value: Value, x: Value): number | undefined {
  if (value.name === x.name) return 1;
  const node = b.producerOf(value);
  if (node?.opType !== 'Mul' || !node.inputs.includes(x.name)) return undefined;
  const other = node.inputs.find((name) => name !== x.name);
  if (other === undefined || requested.has(value.name)) return undefined;
  // A constant that is wanted is none.
  const constant = b.constantOf(b.value(other));
  return constant?.data.length === 1 ? Number(constant.data[0]) : undefined;
}

/** Recognises the product x·σ(αx), whose parts nobody asked gradients of. */
function asSwish(d: Differentiation, x: Value, sigmoid: Value): Swish | undefined {
  const node = d.builder.producerOf(sigmoid);
  const [argument] = node?.inputs ?? [];
  if (node?.opType !== 'Sigmoid' || argument === undefined || d.requested.has(sigmoid.name)) return undefined;
  const alpha = multipleOf(d, d.builder.value(argument), x);
  return alpha === undefined ? undefined : { sigmoid, alpha };
}

/**
 * y = x·s with s = σ(αx) has the slope s + αy − αy·s: two passes over large arrays fewer than through both operands,
 * and x need not be kept. All of it goes to x; s gets nothing.
 */
function throughSwish(d: Differentiation, { sigmoid, alpha }: Swish): Value {
  const { builder: b } = d;
  const y = scale(b, outputAt(d, 0), alpha);
  const slope = ops.sub(b, ops.add(b, sigmoid, y), ops.mul(b, y, sigmoid));
  return ops.mul(b, gradientOf(d), slope);
}

/** y = A·B: each operand gets g times the other; of a square, the one operand gets 2g·A. */
export const product: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [left, right, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  if (left.name === right.name) return [ops.mul(b, scale(b, g, 2), left), undefined];
  const [asRight, asLeft] = [asSwish(d, left, right), asSwish(d, right, left)];
  if (asRight) return [throughSwish(d, asRight), undefined];
  if (asLeft) return [undefined, throughSwish(d, asLeft)];
  return [wanted[0] ? ops.mul(b, g, right) : undefined, wanted[1] ? ops.mul(b, g, left) : undefined];
};
