import { floatAttribute, intAttribute, intsAttribute, requiredInt } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { elementCount } from '../../onnx/tensor.js';
import { dimension, indicator, reshape, scalar, scale, square, sumOver, upTo } from '../emit.js';
import { cheap, type Entries, flat, gradient } from '../entry.js';
import { type Differentiation, gradientOf, inputAt, outputAt, type Rule } from '../rule.js';

/** Operators that hand a value on as it is. */
const CARRIERS: ReadonlySet<string> = new Set([
  'Cast',
  'Dropout',
  'Identity',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

/** Whether a graph chooses between a value and another one, of itself or of what only hands it on. */
function isReplaceable(d: Differentiation, value: Value): boolean {
  return d.readers(value).some(({ opType, outputs: [next = ''] }) => {
    if (opType === 'Where') return true;
    return CARRIERS.has(opType) && isReplaceable(d, d.builder.value(next));
  });
}

/**
 * y = softmax x: dx = y·(g − Σ g·y). A graph that chooses between y and something else may do so for rows that are masked
 * as a whole and NaN (PyTorch's safe softmax, whose exporters ask either for NaNs or for the mask): no gradient goes into
 * these.
 */
const softmax: Rule = (d) => {
  const { builder: b } = d;
  const [result, g] = [outputAt(d, 0), gradientOf(d)];
  const y = isReplaceable(d, result)
    ? ops.where(b, ops.testNaN(b, result), scalar(b, result, 0), result)
    : result;
  const total = sumOver(b, ops.mul(b, g, y), [axisOf(d)]);
  return [ops.mul(b, y, ops.sub(b, g, total))];
};

/** y = log softmax x: dx = g − exp(y)·Σ g. */
const logSoftmax: Rule = (d) => {
  const { builder: b } = d;
  const [y, g] = [outputAt(d, 0), gradientOf(d)];
  return [ops.sub(b, g, ops.mul(b, ops.exp(b, y), sumOver(b, g, [axisOf(d)])))];
};

const axisOf = (d: Differentiation) =>
  normalizeAxis(intAttribute(d.node, 'axis', -1), inputAt(d, 0).type.shape.length);

/** One value a channel as [1, c, 1, …], to broadcast against x. */
function perChannel(b: GraphBuilder, vector: Value, x: Value): Value {
  return reshape(
    b,
    vector,
    x.type.shape.map((_, axis) => (axis === 1 ? (vector.type.shape[0] ?? 1) : 1)),
  );
}

/** Summed over all axes but the channels', as a vector. */
function channelSum(b: GraphBuilder, value: Value): Value {
  const axes = upTo(value.type.shape.length).filter((axis) => axis !== 1);
  return ops.reduceSum(b, value, axes, false);
}

/**
 * Inference form y = (x − μ)·s·r + β with r = (var + ε)^(−½) given per channel: linear in x. The factors are small;
 * where they are constants the runtime folds them to one.
 */
const batchNormalization: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [x, s, mean, variance] = [inputAt(d, 0), inputAt(d, 1), inputAt(d, 3), inputAt(d, 4)];
  const g = gradientOf(d);
  const epsilon = scalar(b, variance, floatAttribute(d.node, 'epsilon', 1e-5));
  const r = ops.reciprocal(b, ops.sqrt(b, ops.add(b, variance, epsilon)));
  const slope = ops.mul(b, s, r);
  const sumG = () => channelSum(b, g);
  const centred = () => (isAll(b, mean, 0) ? x : ops.sub(b, x, perChannel(b, mean, x)));
  const sumGX = () => channelSum(b, ops.mul(b, g, centred()));
  const cube = () => ops.mul(b, slope, square(b, r));
  return [
    wanted[0] ? ops.mul(b, g, perChannel(b, slope, x)) : undefined,
    wanted[1] ? ops.mul(b, sumGX(), r) : undefined,
    wanted[2] ? sumG() : undefined,
    wanted[3] ? ops.neg(b, ops.mul(b, sumG(), slope)) : undefined,
    wanted[4] ? scale(b, ops.mul(b, sumGX(), cube()), -0.5) : undefined,
  ];
};

interface Normalized {
  readonly b: GraphBuilder;
  readonly x: Value;
  /** The axes that mean and variance were taken over. */
  readonly axes: readonly number[];
  readonly epsilon: number;
  /** Mean and 1/σ where the forward node has saved them. */
  readonly saved?: { readonly mean: Value; readonly r: Value } | undefined;
}

interface Statistics {
  /** x − μ. */
  readonly centred: Value;
  /** (var + ε)^(−½), with the reduced axes kept. */
  readonly r: Value;
}

/** Recomputed next to their use rather than kept from the forward pass: cheap, and nothing large stays alive. */
function statistics({ b, x, axes, epsilon, saved }: Normalized): Statistics {
  const mean = saved?.mean ?? ops.reduceMean(b, x, axes);
  const centred = ops.sub(b, x, mean);
  if (saved) return { centred, r: saved.r };
  const variance = scale(b, ops.reduceSumSquare(b, centred, axes), 1 / lengthOf(x, axes));
  const r = ops.reciprocal(b, ops.sqrt(b, ops.add(b, variance, scalar(b, x, epsilon))));
  return { centred, r };
}

const lengthOf = (x: Value, axes: readonly number[]) => elementCount(axes.map((axis) => dimension(x, axis)));

interface CentredGradient extends Statistics {
  readonly b: GraphBuilder;
  /** dL/dx̂, where x̂ = (x − μ)·r. */
  readonly g: Value;
  readonly axes: readonly number[];
}

/**
 * dx = r·(g − mean g − x̂·mean(g·x̂)), written as (g·r − c) − (x − μ)·k with two numbers c and k a group, so that
 * few passes run over the large arrays.
 */
function throughStatistics({ b, g, centred, r, axes }: CentredGradient): Value {
  const c = ops.mul(b, ops.reduceMean(b, g, axes), r);
  const k = ops.mul(b, ops.reduceMean(b, ops.mul(b, g, centred), axes), ops.mul(b, r, square(b, r)));
  return ops.sub(b, ops.sub(b, ops.mul(b, g, r), c), ops.mul(b, centred, k));
}

/** Whether a parameter is the constant that changes nothing. */
function isAll(b: GraphBuilder, value: Value, number: number): boolean {
  const constant = b.constantOf(value);
  const isFloatData = constant?.elementType === 'float32' || constant?.elementType === 'float64';
  return isFloatData && constant.data.every((element) => element === number);
}

/** Statistics of each image's channel; a scale of constant ones (how GroupNorm is exported) costs nothing. */
const instanceNormalization: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [x, s, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const axes = upTo(x.type.shape.length).slice(2);
  const { centred, r } = statistics({ b, x, axes, epsilon: floatAttribute(d.node, 'epsilon', 1e-5) });
  const scaled = () => (isAll(b, s, 1) ? g : ops.mul(b, g, perChannel(b, s, x)));
  return [
    wanted[0] ? throughStatistics({ b, g: scaled(), centred, r, axes }) : undefined,
    wanted[1] ? channelSum(b, ops.mul(b, g, ops.mul(b, centred, r))) : undefined,
    wanted[2] ? channelSum(b, g) : undefined,
  ];
};

/** Statistics over the last axes from `axis` on; Scale and B broadcast to those. */
const layerNormalization: Rule = (d) => {
  const { builder: b, outputs, wanted } = d;
  const [x, s, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const axes = upTo(x.type.shape.length).slice(axisOf(d));
  const [, mean, r] = outputs.map((output) => output && ops.cast(b, output, x.type.elementType));
  const saved = mean && r ? { mean, r } : undefined;
  const normal = statistics({ b, x, axes, epsilon: floatAttribute(d.node, 'epsilon', 1e-5), saved });
  const scaled = () => (isAll(b, s, 1) ? g : ops.mul(b, g, s));
  return [
    wanted[0] ? throughStatistics({ b, g: scaled(), ...normal, axes }) : undefined,
    wanted[1] ? ops.mul(b, g, ops.mul(b, normal.centred, normal.r)) : undefined,
    wanted[2] ? g : undefined,
  ];
};

/** y = (x − mean) / std without a safety term. */
const meanVarianceNormalization: Rule = (d) => {
  const x = inputAt(d, 0);
  const rank = x.type.shape.length;
  const axes = (intsAttribute(d.node, 'axes') ?? [0, 2, 3]).map((axis) => normalizeAxis(axis, rank));
  const normal = statistics({ b: d.builder, x, axes, epsilon: 0 });
  return [throughStatistics({ b: d.builder, g: gradientOf(d), ...normal, axes })];
};

/** y = x/‖x‖ₚ: dx = (g − u·Σ g·y)/‖x‖ with u = ∂‖x‖/∂x: sign x for p = 1, y for p = 2. */
const lpNormalization: Rule = (d) => {
  const { builder: b } = d;
  const [x, y, g] = [inputAt(d, 0), outputAt(d, 0), gradientOf(d)];
  const axes = [axisOf(d)];
  const isTaxicab = intAttribute(d.node, 'p', 2) === 1;
  const norm = isTaxicab ? ops.reduceL1(b, x, axes) : ops.reduceL2(b, x, axes);
  const slope = isTaxicab ? ops.sign(b, x) : y;
  const along = ops.mul(b, slope, sumOver(b, ops.mul(b, g, y), axes));
  return [ops.div(b, ops.sub(b, g, along), norm)];
};

/**
 * y_i = x_i·s_i^(−β), s = bias + α/size·W·x², W the symmetric band matrix of neighbouring channels:
 * dx = g·s^(−β) − 2αβ/size·x·W(g·x·s^(−β−1)).
 */
const lrn: Rule = (d) => {
  const { builder: b, node } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const size = requiredInt(node, 'size');
  if (size % 2 === 0) throw new Error('an even `size` is refused by ONNX Runtime too');
  const [alpha, beta] = [floatAttribute(node, 'alpha', 1e-4), floatAttribute(node, 'beta', 0.75)];
  const half = (size - 1) / 2;
  /** The sum over the neighbouring channels: an average over a column, times its length. */
  const neighbours = (value: Value) => {
    const columns = ops.averagePool(b, reshape(b, value, [n, 1, c, elementCount(spatial)]), {
      kernel: [size, 1],
      pads: [half, 0, half, 0],
      countIncludePad: true,
    });
    return scale(b, reshape(b, columns, [n, c, elementCount(spatial)]), size);
  };
  const rows = (value: Value) => reshape(b, value, [n, c, elementCount(spatial)]);
  const [xs, gs] = [rows(x), rows(g)];
  const energy = scale(b, neighbours(square(b, xs)), alpha / size);
  const s = ops.add(b, energy, scalar(b, x, floatAttribute(node, 'bias', 1)));
  const direct = ops.mul(b, gs, ops.pow(b, s, scalar(b, x, -beta)));
  const spilled = neighbours(ops.div(b, ops.mul(b, direct, xs), s));
  const dx = ops.sub(b, direct, scale(b, ops.mul(b, xs, spilled), (2 * alpha * beta) / size));
  return [reshape(b, dx, x.type.shape)];
};

/** What was kept was scaled by 1/(1 − ratio), if it was training; without an answer to that nothing was dropped. */
const dropout: Rule = (d) => {
  const { builder: b, inputs } = d;
  const g = gradientOf(d);
  const training = inputs[2];
  if (!training || b.constantOf(training)?.data[0] === 0) return [g];
  const mask = indicator(b, outputAt(d, 1), g);
  const ratio = inputs[1] ? ops.cast(b, inputs[1], g.type.elementType) : scalar(b, g, 0.5);
  const one = scalar(b, g, 1);
  const scaling = ops.where(b, training, ops.reciprocal(b, ops.sub(b, one, ratio)), one);
  return [ops.mul(b, g, ops.mul(b, mask, scaling))];
};

export const NORMALIZATION = {
  BatchNormalization: cheap(
    batchNormalization,
    'X: g·scale·r; scale: Σ g·(X − mean)·r; B: Σ g; mean: −Σ g·scale·r; var: −½ Σ g·(X − mean)·scale·r³, r = (var + ε)^(−½)',
    'the training form is read as the operators that it stands for',
  ),
  Dropout: gradient(
    dropout,
    'g; in training g·mask / (1 − ratio)',
    'in training the output mask has to be named',
  ),
  Hardmax: flat('piecewise constant'),
  InstanceNormalization: gradient(
    instanceNormalization,
    'X: r·(h − mean h − X̂·mean(h·X̂)), h = g·scale; scale: Σ g·X̂; B: Σ g',
  ),
  LRN: gradient(
    lrn,
    'g·s^(−β) − 2αβ/size·X·Σ g·X·s^(−β−1) over the neighbours',
    'odd size, as in ONNX Runtime',
  ),
  LayerNormalization: gradient(
    layerNormalization,
    'X: r·(h − mean h − X̂·mean(h·X̂)), h = g·Scale; Scale: Σ g·X̂; B: Σ g',
    'output Y only; saved Mean and InvStdDev are used where the node has them',
  ),
  LogSoftmax: gradient(logSoftmax, 'g − exp(Y)·Σ g'),
  LpNormalization: gradient(lpNormalization, '(g − u·Σ g·Y) / ‖X‖, u = Y for p = 2, sign X for p = 1'),
  MeanVarianceNormalization: gradient(meanVarianceNormalization, 'r·(g − mean g − Y·mean(g·Y))'),
  Softmax: gradient(softmax, 'Y·(g − Σ g·Y)'),
} as const satisfies Entries;
