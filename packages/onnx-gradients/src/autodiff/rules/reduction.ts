import { intAttribute } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import { int } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { reducedShape, reductionAxes } from '../../onnx/shapes/reduction.js';
import { addAt, dimension, indicator, keepWhere, reshape, scalar, scale, sumOver, widened } from '../emit.js';
import { type Entries, flat, gradient } from '../entry.js';
import { gradientOf, inputAt, outputAt, type Rule } from '../rule.js';

interface Operands {
  readonly b: GraphBuilder;
  readonly x: Value;
  /** The result and its gradient, with the reduced axes kept as 1, so that they broadcast to x. */
  readonly y: Value;
  readonly g: Value;
  readonly axes: readonly number[];
}

/** y = reduction of x; the derivative function returns a gradient that broadcasts to x. */
const reduction =
  (derivative: (operands: Operands) => Value): Rule =>
  (d) => {
    const { builder: b } = d;
    const x = inputAt(d, 0);
    const axes = reductionAxes(d.shapes);
    const kept = reducedShape(x.type.shape, axes, true);
    const y = reshape(b, outputAt(d, 0), kept);
    return [derivative({ b, x, y, g: reshape(b, gradientOf(d), kept), axes })];
  };

const count = ({ x, axes }: Operands): number =>
  axes.reduce((product, axis) => product * dimension(x, axis), 1);

/**
 * In equal shares to all elements that equal the result, as PyTorch's `amax`. In half precision a runtime that computes in
 * float32 may round the result and not the elements: there it is made anew in float32.
 */
const extremum = (reduce: ops.Reduce) =>
  reduction(({ b, x, y, g, axes }) => {
    const wide = widened(b, x);
    const mask = indicator(b, ops.equal(b, wide, wide === x ? y : reduce(b, wide, axes)), x);
    return ops.mul(b, mask, ops.div(b, g, sumOver(b, mask, axes)));
  });

/**
 * The product of all *other* elements, also where some are zero: with zeros replaced by 1 the product P' of the rest
 * is finite, and P'/x is right exactly where no other element is zero.
 */
const product = reduction(({ b, x, g, axes }) => {
  const isZero = ops.equal(b, x, scalar(b, x, 0));
  const safe = ops.where(b, isZero, scalar(b, x, 1), x);
  const zeroCount = indicator(b, isZero, x);
  const otherZeros = ops.sub(b, sumOver(b, zeroCount, axes), zeroCount);
  const others = ops.div(b, ops.mul(b, g, ops.reduceProd(b, safe, axes)), safe);
  return keepWhere(b, ops.less(b, otherZeros, scalar(b, x, 0.5)), others);
});

/** x/‖x‖, and 0 where the norm is 0. */
const euclidean = reduction(({ b, x, y, g }) => {
  const isPositive = ops.greater(b, y, scalar(b, y, 0));
  return ops.mul(b, x, keepWhere(b, isPositive, ops.div(b, g, y)));
});

/** The transpose of a running sum runs the other way. */
const cumSum: Rule = (d) => [
  d.builder.op('CumSum', [gradientOf(d), inputAt(d, 1)], {
    exclusive: int(intAttribute(d.node, 'exclusive', 0)),
    reverse: int(1 - intAttribute(d.node, 'reverse', 0)),
  }),
];

/** Positions are distinct, so each gradient has its own place among zeros. */
const topK: Rule = (d) => {
  const x = inputAt(d, 0);
  const axis = normalizeAxis(intAttribute(d.node, 'axis', -1), x.type.shape.length);
  const [indices, updates] = [outputAt(d, 1), gradientOf(d)];
  return [addAt(d.builder, { shape: x.type.shape, indices, updates }, axis)];
};

const position = flat('its result is a position');

/** Operators that sum or choose along axes. */
export const REDUCTION = {
  ArgMax: position,
  ArgMin: position,
  CumSum: gradient(cumSum, 'CumSum of g in the other direction'),
  ReduceL1: gradient(
    reduction(({ b, x, g }) => ops.mul(b, g, ops.sign(b, x))),
    'g·sign data',
  ),
  ReduceL2: gradient(euclidean, 'g·data / reduced, 0 where reduced = 0'),
  ReduceLogSum: gradient(
    reduction(({ b, y, g }) => ops.mul(b, g, ops.exp(b, ops.neg(b, y)))),
    'g·exp(−reduced)',
  ),
  ReduceLogSumExp: gradient(
    reduction(({ b, x, y, g }) => {
      // Of nothing but −∞ the result is −∞, and −∞ − (−∞) would be NaN.
      const isLowest = ops.equal(b, y, scalar(b, y, Number.NEGATIVE_INFINITY));
      const finite = ops.where(b, isLowest, scalar(b, y, 0), y);
      return ops.mul(b, g, ops.exp(b, ops.sub(b, x, finite)));
    }),
    'g·exp(data − reduced), 0 where all is −∞',
  ),
  ReduceMax: gradient(extremum(ops.reduceMax), 'g where data = reduced, shared equally among ties'),
  ReduceMean: gradient(
    reduction((o) => scale(o.b, o.g, 1 / count(o))),
    'g / n',
  ),
  ReduceMin: gradient(extremum(ops.reduceMin), 'g where data = reduced, shared equally among ties'),
  ReduceProd: gradient(product, 'g·Π of the other elements, exact at zeros'),
  ReduceSum: gradient(
    reduction(({ g }) => g),
    'g',
  ),
  ReduceSumSquare: gradient(
    reduction(({ b, x, g }) => ops.mul(b, x, scale(b, g, 2))),
    '2g·data',
  ),
  TopK: gradient(topK, 'g put back at Indices', 'needs the output Indices to be named'),
} as const satisfies Entries;
