import { floatAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import type { Node } from '../../onnx/graph.js';
import * as ops from '../../onnx/ops.js';
import { keepWhere, scalar, scale, square, sumOver, upTo } from '../emit.js';
import { alias, cheap, type Entries, elementwise, flat } from '../entry.js';
import { gradientOf, inputAt, outputAt, type Rule } from '../rule.js';

interface Operands {
  readonly b: GraphBuilder;
  readonly node: Node;
  readonly x: Value;
  readonly y: Value;
  readonly g: Value;
}

/** y = f(x); the derivative function returns dL/dx. */
const unary =
  (derivative: (operands: Operands) => Value): Rule =>
  (d) => [derivative({ b: d.builder, node: d.node, x: inputAt(d, 0), y: outputAt(d, 0), g: gradientOf(d) })];

const one = ({ b, x }: Operands) => scalar(b, x, 1);

/** Where x > 0 one slope, elsewhere another, times g. */
const twoSlopes = ({ b, x, g }: Operands, above: Value, below: Value): Value =>
  ops.mul(b, g, ops.where(b, ops.greater(b, x, scalar(b, x, 0)), above, below));

/**
 * PyTorch's sides: exactly at a bound that is a constant (clamp by numbers, relu6, hardtanh) x gets nothing; at a bound that
 * is computed (clamp by tensors) x and the bound get half each. Bounds get what they cut off; where they cross, all is max.
 */
const clip: Rule = (d) => {
  const { builder: b, inputs, wanted } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const [, low, high] = inputs;
  const zero = scalar(b, g, 0);
  const half = scalar(b, g, 0.5);
  const total = (value: Value) => ops.reshape(b, sumOver(b, value, upTo(x.type.shape.length)), []);
  /** `value` on the inner side of a bound, nothing beyond, and half of it on a bound that is no constant. */
  const inside = (value: Value, bound: Value, isInside: typeof ops.greater) => {
    const kept = keepWhere(b, isInside(b, x, bound), value);
    if (b.constantOf(bound)) return kept;
    return ops.where(b, ops.equal(b, x, bound), ops.mul(b, value, half), kept);
  };
  const afterLow = low ? inside(g, low, ops.greater) : g;
  const toX = () => (high ? inside(afterLow, high, ops.less) : afterLow);
  const crossed = low && high ? ops.greater(b, low, high) : undefined;
  const toLow = (bound: Value) => {
    const cut = total(inside(g, bound, ops.less));
    return crossed ? ops.where(b, crossed, zero, cut) : cut;
  };
  const toHigh = (bound: Value) => {
    const cut = total(inside(g, bound, ops.greater));
    return crossed ? ops.where(b, crossed, total(g), cut) : cut;
  };
  return [
    wanted[0] ? toX() : undefined,
    low && wanted[1] ? toLow(low) : undefined,
    high && wanted[2] ? toHigh(high) : undefined,
  ];
};

const pieces = flat('piecewise constant', 'cheap');

/** Operators of one float input, element by element. */
export const UNARY = {
  Abs: elementwise(
    unary(({ b, x, g }) => ops.mul(b, g, ops.sign(b, x))),
    'g·sign X, 0 at 0',
  ),
  Acos: elementwise(
    unary((o) => ops.neg(o.b, ops.div(o.b, o.g, ops.sqrt(o.b, ops.sub(o.b, one(o), square(o.b, o.x)))))),
    '−g / √(1 − X²)',
  ),
  Acosh: elementwise(
    unary((o) => ops.div(o.b, o.g, ops.sqrt(o.b, ops.sub(o.b, square(o.b, o.x), one(o))))),
    'g / √(X² − 1)',
  ),
  Asin: elementwise(
    unary((o) => ops.div(o.b, o.g, ops.sqrt(o.b, ops.sub(o.b, one(o), square(o.b, o.x))))),
    'g / √(1 − X²)',
  ),
  Asinh: elementwise(
    unary((o) => ops.div(o.b, o.g, ops.sqrt(o.b, ops.add(o.b, square(o.b, o.x), one(o))))),
    'g / √(X² + 1)',
  ),
  Atan: elementwise(
    unary((o) => ops.div(o.b, o.g, ops.add(o.b, square(o.b, o.x), one(o)))),
    'g / (1 + X²)',
  ),
  Atanh: elementwise(
    unary((o) => ops.div(o.b, o.g, ops.sub(o.b, one(o), square(o.b, o.x)))),
    'g / (1 − X²)',
  ),
  Cast: elementwise(
    unary(({ b, x, g }) => ops.cast(b, g, x.type.elementType)),
    'g, cast back',
    'between float types; a cast to or from integers or bool has no gradient',
  ),
  CastLike: elementwise(
    unary(({ b, x, g }) => ops.cast(b, g, x.type.elementType)),
    'g, cast back',
    'as Cast',
  ),
  Ceil: pieces,
  Celu: elementwise(
    unary((o) => {
      const alpha = floatAttribute(o.node, 'alpha', 1);
      return twoSlopes(o, one(o), ops.add(o.b, scale(o.b, o.y, 1 / alpha), one(o)));
    }),
    'g where X > 0, g·(Y/α + 1) elsewhere',
  ),
  Clip: cheap(
    clip,
    'X: g where min < X < max, half of it at a bound that is no constant; min, max: Σ g of what they cut off',
  ),
  Cos: elementwise(
    unary(({ b, x, g }) => ops.neg(b, ops.mul(b, g, ops.sin(b, x)))),
    '−g·sin X',
  ),
  Cosh: elementwise(
    unary(({ b, x, g }) => ops.mul(b, g, ops.sinh(b, x))),
    'g·sinh X',
  ),
  Elu: elementwise(
    unary((o) => {
      const alpha = floatAttribute(o.node, 'alpha', 1);
      return twoSlopes(o, one(o), ops.add(o.b, o.y, scalar(o.b, o.y, alpha)));
    }),
    'g where X > 0, g·(Y + α) elsewhere',
  ),
  Erf: elementwise(
    unary(({ b, x, g }) =>
      ops.mul(b, g, scale(b, ops.exp(b, ops.neg(b, square(b, x))), 2 / Math.sqrt(Math.PI))),
    ),
    'g·2/√π·exp(−X²)',
  ),
  Exp: elementwise(
    unary(({ b, y, g }) => ops.mul(b, g, y)),
    'g·Y',
  ),
  Floor: pieces,
  HardSigmoid: elementwise(
    unary(({ b, node, y, g }) => {
      const isSloped = ops.and(b, ops.greater(b, y, scalar(b, y, 0)), ops.less(b, y, scalar(b, y, 1)));
      return keepWhere(b, isSloped, scale(b, g, floatAttribute(node, 'alpha', 0.2)));
    }),
    'g·α where 0 < Y < 1',
  ),
  HardSwish: elementwise(
    unary((o) => {
      const { b, x } = o;
      const middle = ops.add(b, scale(b, x, 1 / 3), scalar(b, x, 0.5));
      const left = ops.where(b, ops.greater(b, x, scalar(b, x, -3)), middle, scalar(b, x, 0));
      return ops.mul(b, o.g, ops.where(b, ops.less(b, x, scalar(b, x, 3)), left, one(o)));
    }),
    '0 where X ≤ −3, g where X ≥ 3, g·(X/3 + ½) between',
  ),
  Identity: alias(
    unary(({ g }) => g),
    'g',
  ),
  LeakyRelu: elementwise(
    unary((o) => twoSlopes(o, one(o), scalar(o.b, o.x, floatAttribute(o.node, 'alpha', 0.01)))),
    'g where X > 0, g·α elsewhere',
  ),
  Log: elementwise(
    unary(({ b, x, g }) => ops.div(b, g, x)),
    'g / X',
  ),
  Mish: elementwise(
    unary((o) => {
      // y = x·t with t = tanh(softplus x), t' = (1 − t²)·σ(x)
      const { b, x } = o;
      const t = ops.tanh(b, ops.softplus(b, x));
      const slope = ops.mul(b, ops.sub(b, one(o), square(b, t)), ops.sigmoid(b, x));
      return ops.mul(b, o.g, ops.add(b, t, ops.mul(b, x, slope)));
    }),
    'g·(t + X·(1 − t²)·σ(X)), t = tanh(softplus X)',
  ),
  Neg: elementwise(
    unary(({ b, g }) => ops.neg(b, g)),
    '−g',
  ),
  Reciprocal: elementwise(
    unary(({ b, y, g }) => ops.neg(b, ops.mul(b, g, square(b, y)))),
    '−g·Y²',
  ),
  Relu: elementwise(
    unary(({ b, y, g }) => keepWhere(b, ops.greater(b, y, scalar(b, y, 0)), g)),
    'g where Y > 0',
  ),
  Round: pieces,
  Selu: elementwise(
    unary((o) => {
      const gamma = floatAttribute(o.node, 'gamma', 1.0507009873554805);
      const limit = gamma * floatAttribute(o.node, 'alpha', 1.6732632423543772);
      return twoSlopes(o, scalar(o.b, o.x, gamma), ops.add(o.b, o.y, scalar(o.b, o.y, limit)));
    }),
    'g·γ where X > 0, g·(Y + γα) elsewhere',
  ),
  Shrink: elementwise(
    unary(({ b, node, x, g }) => {
      const threshold = scalar(b, x, floatAttribute(node, 'lambd', 0.5));
      return keepWhere(b, ops.greater(b, ops.abs(b, x), threshold), g);
    }),
    'g where |X| > λ',
  ),
  Sigmoid: elementwise(
    unary(({ b, y, g }) => ops.mul(b, g, ops.sub(b, y, square(b, y)))),
    'g·(Y − Y²)',
  ),
  Sign: pieces,
  Sin: elementwise(
    unary(({ b, x, g }) => ops.mul(b, g, ops.cos(b, x))),
    'g·cos X',
  ),
  Sinh: elementwise(
    unary(({ b, x, g }) => ops.mul(b, g, ops.cosh(b, x))),
    'g·cosh X',
  ),
  Softplus: elementwise(
    unary(({ b, x, g }) => ops.mul(b, g, ops.sigmoid(b, x))),
    'g·σ(X)',
  ),
  Softsign: elementwise(
    unary((o) => ops.div(o.b, o.g, square(o.b, ops.add(o.b, ops.abs(o.b, o.x), one(o))))),
    'g / (1 + |X|)²',
  ),
  Sqrt: elementwise(
    unary(({ b, y, g }) => ops.div(b, scale(b, g, 0.5), y)),
    'g / 2Y',
  ),
  Tan: elementwise(
    unary((o) => ops.mul(o.b, o.g, ops.add(o.b, square(o.b, o.y), one(o)))),
    'g·(1 + Y²)',
  ),
  Tanh: elementwise(
    unary((o) => ops.mul(o.b, o.g, ops.sub(o.b, one(o), square(o.b, o.y)))),
    'g·(1 − Y²)',
  ),
  ThresholdedRelu: elementwise(
    unary(({ b, node, x, g }) =>
      keepWhere(b, ops.greater(b, x, scalar(b, x, floatAttribute(node, 'alpha', 1))), g),
    ),
    'g where X > α',
  ),
} as const satisfies Entries;
