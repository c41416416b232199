import { optionalInt, stringAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import {
  cast,
  div,
  equal,
  expand,
  gather,
  gatherElements,
  logSoftmax,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  where,
} from '../ops.js';
import { brackets } from '../shapes/operands.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

interface Likelihood {
  readonly call: Call;
  /** log p [n, c, d…]. */
  readonly logarithms: Value;
}

/**
 * −w[t]·log p[t] for each label t (Loss: 12, 13): 0 where the label is `ignore_index`; as they are, summed, or as a mean
 * weighted by w.
 */
function negativeLogLikelihood({ call, logarithms }: Likelihood): Value {
  const { b, node } = call;
  const labels = cast(b, inputOf(call, 1), 'int64');
  const { shape } = labels.type;
  if (shape.toSpliced(1, 0, logarithms.type.shape[1] ?? 1).join() !== logarithms.type.shape.join())
    throw new Error(
      `Expected a label for each of ${brackets(logarithms.type.shape.toSpliced(1, 1))}, got ${brackets(shape)}.`,
    );
  const weights = call.inputs[2];
  const ignored = optionalInt(node, 'ignore_index');
  const isIgnored = ignored === undefined ? undefined : equal(b, labels, b.int64(ignored));
  const zero = scalarLike(b, logarithms, 0);
  const kept = isIgnored ? where(b, isIgnored, b.int64(0), labels) : labels;
  const columns = reshape(b, kept, shape.toSpliced(1, 0, 1));
  const picked = reshape(b, gatherElements(b, logarithms, columns, 1), shape);
  const weighing = weightsOf({ b, weights, kept, isIgnored, zero });
  const losses = neg(b, weighing ? mul(b, picked, weighing) : picked);
  const reduction = stringAttribute(node, 'reduction', 'mean');
  if (reduction === 'none') return losses;
  if (reduction === 'mean' && !weighing) return reduceMean(b, losses, undefined, false);
  const total = reduceSum(b, losses, undefined, false);
  if (reduction === 'sum' || !weighing) return total;
  return div(b, total, reduceSum(b, weighing, undefined, false));
}

interface Weighing {
  readonly b: GraphBuilder;
  readonly weights: Value | undefined;
  readonly kept: Value;
  readonly isIgnored: Value | undefined;
  readonly zero: Value;
}

/** The weight of each label; undefined where all count the same. */
function weightsOf({ b, weights, kept, isIgnored, zero }: Weighing): Value | undefined {
  const own = weights && gather(b, weights, kept);
  if (!isIgnored) return own;
  const one = expand(b, scalarLike(b, zero, 1), kept.type.shape);
  return where(b, isIgnored, zero, own ?? one);
}

const likelihoodLoss: Conversion = (call) => [negativeLogLikelihood({ call, logarithms: inputOf(call, 0) })];

/** The same of scores, whose logarithms of probabilities are a second output. */
const crossEntropyLoss: Conversion = (call) => {
  const logarithms = logSoftmax(call.b, inputOf(call, 0), 1);
  return [negativeLogLikelihood({ call, logarithms }), logarithms];
};

export const LOSSES: Readonly<Record<string, Conversion>> = {
  NegativeLogLikelihoodLoss: likelihoodLoss,
  SoftmaxCrossEntropyLoss: crossEntropyLoss,
};
