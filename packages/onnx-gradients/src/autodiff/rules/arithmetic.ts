import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { indicator, keepWhere, scalar, scale, widened } from '../emit.js';
import { type Entries, elementwise } from '../entry.js';
import { type Differentiation, gradientOf, inputAt, outputAt, type Rule } from '../rule.js';
import { product } from './product.js';

interface Operands {
  readonly b: GraphBuilder;
  readonly x: Value;
  readonly z: Value;
  readonly y: Value;
  readonly g: Value;
}

type Side = (operands: Operands) => Value | undefined;

/** y = f(x, z); each side is computed only when it is wanted. */
const binary =
  (toX: Side, toZ: Side): Rule =>
  (d) => {
    const [x, z] = [inputAt(d, 0), inputAt(d, 1)];
    const operands: Operands = { b: d.builder, x, z, y: outputAt(d, 0), g: gradientOf(d) };
    return [d.wanted[0] ? toX(operands) : undefined, d.wanted[1] ? toZ(operands) : undefined];
  };

/** z·x^(z−1); at z = 0 the power is constant, and 0·∞ must not arise at x = 0. */
const powBase: Side = ({ b, x, z, g }) => {
  const constant = b.constantOf(z);
  const only = constant && constant.data.length === 1 ? Number(constant.data[0]) : undefined;
  if (only === 0) return undefined;
  if (only === 1) return g;
  if (only === 2) return ops.mul(b, g, scale(b, x, 2));
  const exponent = ops.cast(b, z, x.type.elementType);
  const slope = ops.mul(b, exponent, ops.pow(b, x, ops.sub(b, exponent, scalar(b, x, 1))));
  const isConstant = ops.equal(b, exponent, scalar(b, x, 0));
  return ops.mul(b, g, only === undefined ? ops.where(b, isConstant, scalar(b, x, 0), slope) : slope);
};

/** y·ln x; 0 where x = 0, the limit for z > 0. */
const powExponent: Side = ({ b, x, y, z, g }) => {
  const isZero = ops.equal(b, x, scalar(b, x, 0));
  const logarithm = ops.where(b, isZero, scalar(b, x, 0), ops.log(b, x));
  return ops.cast(b, ops.mul(b, g, ops.mul(b, y, logarithm)), z.type.elementType);
};

/** C's `fmod`: y = x − z·trunc(x / z), trunc constant almost everywhere. */
const modDivisor: Side = ({ b, x, z, g }) => {
  const quotient = ops.div(b, x, z);
  const truncated = ops.mul(b, ops.sign(b, quotient), ops.floor(b, ops.abs(b, quotient)));
  return ops.neg(b, ops.mul(b, g, truncated));
};

/**
 * Operands and their extremum as they can be held against one another. In half precision a runtime that computes in
 * float32 may round the result and not what it came from, so that nothing would equal it: there both are made anew in
 * float32, of the same values.
 */
function compared(d: Differentiation): { readonly operands: readonly Value[]; readonly y: Value } {
  const { builder: b, node } = d;
  const given = d.inputs.map((_, index) => inputAt(d, index));
  const operands = given.map((operand) => widened(b, operand));
  if (operands[0] === given[0]) return { operands, y: outputAt(d, 0) };
  return { operands, y: b.op(node.opType, operands) };
}

/**
 * The gradient goes to the inputs that equal the result, in equal shares where several do (as PyTorch's `maximum`). A
 * constant number is a bound, which takes what it equals for itself (as PyTorch's `clamp` and `relu6`).
 */
const extremum: Rule = (d) => {
  const { builder: b, wanted } = d;
  const g = gradientOf(d);
  const { operands, y } = compared(d);
  const bounds = operands.filter((operand) => b.constantOf(operand)?.data.length === 1);
  const free = bounds.reduce((rest, bound) => ops.where(b, ops.equal(b, y, bound), scalar(b, g, 0), rest), g);
  const masks = operands.map((operand) =>
    bounds.includes(operand) ? undefined : indicator(b, ops.equal(b, operand, y), g),
  );
  const [first, ...rest] = masks.filter((mask) => mask !== undefined);
  if (!first) return [];
  // Where a bound alone is the result there is nothing to share, and 0 to divide.
  const ties = rest.length === 0 ? undefined : rest.reduce((sum, mask) => ops.add(b, sum, mask), first);
  const share = ties
    ? ops.div(b, free, bounds.length > 0 ? ops.max(b, [ties, scalar(b, g, 1)]) : ties)
    : free;
  return masks.map((mask, index) => (mask && wanted[index] ? ops.mul(b, share, mask) : undefined));
};

const everyInput = (d: Differentiation, value: Value) => d.inputs.map(() => value);

const where: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [condition, g] = [inputAt(d, 0), gradientOf(d)];
  const zero = scalar(b, g, 0);
  return [
    undefined,
    wanted[1] ? keepWhere(b, condition, g) : undefined,
    wanted[2] ? ops.where(b, condition, zero, g) : undefined,
  ];
};

/** y = x for x > 0, s·x elsewhere. */
const prelu: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [x, slope, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const isPositive = ops.greater(b, x, scalar(b, x, 0));
  const zero = scalar(b, g, 0);
  return [
    wanted[0] ? ops.mul(b, g, ops.where(b, isPositive, scalar(b, x, 1), slope)) : undefined,
    wanted[1] ? ops.where(b, isPositive, zero, ops.mul(b, g, x)) : undefined,
  ];
};

const g: Side = (operands) => operands.g;

/** Operators of two and more broadcast inputs; the driver sums over the axes that an input was repeated along. */
export const ARITHMETIC = {
  Add: elementwise(binary(g, g), 'A: g; B: g'),
  Div: elementwise(
    binary(
      ({ b, z, g }) => ops.div(b, g, z),
      ({ b, z, y, g }) => ops.neg(b, ops.div(b, ops.mul(b, g, y), z)),
    ),
    'A: g / B; B: −g·C / B',
  ),
  Max: elementwise(
    extremum,
    'g where the input is the maximum, shared equally among ties, nothing where a constant number is it too',
  ),
  Mean: elementwise(
    (d) => everyInput(d, scale(d.builder, gradientOf(d), 1 / d.inputs.length)),
    'g / n to each of n inputs',
  ),
  Min: elementwise(
    extremum,
    'g where the input is the minimum, shared equally among ties, nothing where a constant number is it too',
  ),
  Mod: elementwise(binary(g, modDivisor), 'A: g; B: −g·trunc(A / B)', 'fmod = 1, as floats demand'),
  Mul: elementwise(product, 'A: g·B; B: g·A; g·(s + αC − αC·s) for C = X·s, s = σ(αX)'),
  PRelu: elementwise(prelu, 'X: g where X > 0, g·slope elsewhere; slope: g·X where X ≤ 0'),
  Pow: elementwise(binary(powBase, powExponent), 'X: g·Y·X^(Y−1); Y: g·Z·ln X, 0 where X = 0'),
  Sub: elementwise(
    binary(g, ({ b, g }) => ops.neg(b, g)),
    'A: g; B: −g',
  ),
  Sum: elementwise((d) => everyInput(d, gradientOf(d)), 'g to each input'),
  Where: elementwise(where, 'X: g where the condition holds; Y: g elsewhere'),
} as const satisfies Entries;
