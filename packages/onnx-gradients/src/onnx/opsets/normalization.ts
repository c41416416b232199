import { floatAttribute, intAttribute, requiredInt } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, cast, div, expand, mul, reduceMean, reshape, sqrt, sub } from '../ops.js';
import { elementCount } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf, keep, without } from './call.js';

/** 14 brought `training_mode`, before it the extra outputs meant training. */
const batchNormalization: Conversion = (call) => {
  const { node, opset } = call;
  const extra = node.outputs.slice(1).some((output) => output !== '');
  const trains = opset >= 14 ? intAttribute(node, 'training_mode', 0) === 1 : extra;
  if (intAttribute(node, 'spatial', 1) !== 1) throw new Error('Expected `spatial` = 1.');
  if (trains) return trainedNormalization(call);
  if (extra) throw new Error('Expected one output where nothing is trained.');
  return keep(call, { attributes: without(node.attributes, 'momentum', 'spatial', 'training_mode') });
};

/** Mean and variance over axes that stay with length 1, the variance of what is left when the mean is taken off. */
function moments(b: GraphBuilder, x: Value, axes: readonly number[]) {
  const mean = reduceMean(b, x, axes);
  const centred = sub(b, x, mean);
  return { mean, centred, variance: reduceMean(b, mul(b, centred, centred), axes) };
}

/** The statistics of the batch itself; the running ones move towards them. */
function trainedNormalization(call: Call): readonly Value[] {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => inputOf(call, index));
  if (!scale || !bias || !mean || !variance) throw new Error('Expected five inputs.');
  const { shape } = x.type;
  for (const { name, type } of [scale, bias, mean, variance]) {
    if (type.shape.length !== 1 || type.shape[0] !== shape[1])
      throw new Error(`Expected "${name}" to be one number for each of ${shape[1]} channels.`);
  }
  const channels = shape.map((length, axis) => (axis === 1 ? length : 1));
  const axes = [...shape.keys()].filter((axis) => axis !== 1);
  const own = moments(b, x, axes);
  const epsilon = scalarLike(b, x, floatAttribute(node, 'epsilon', 1e-5));
  const normal = div(b, own.centred, sqrt(b, add(b, own.variance, epsilon)));
  const y = add(b, mul(b, normal, reshape(b, scale, channels)), reshape(b, bias, channels));
  const momentum = floatAttribute(node, 'momentum', 0.9);
  const running = (before: Value, now: Value) => {
    const flat = cast(b, reshape(b, now, before.type.shape), before.type.elementType);
    return add(
      b,
      mul(b, before, scalarLike(b, before, momentum)),
      mul(b, flat, scalarLike(b, before, 1 - momentum)),
    );
  };
  return [y, running(mean, own.mean), running(variance, own.variance), own.mean, own.variance].slice(
    0,
    call.opset >= 14 ? 3 : 5,
  );
}

/** A parameter [c] or, before 21, [groups] as [c, 1, …]. */
function perChannel(call: Call, parameter: Value, x: Value): Value {
  const [, channels = 1, ...spatial] = x.type.shape;
  const groups = requiredInt(call.node, 'num_groups');
  const ones = spatial.map(() => 1);
  if (parameter.type.shape[0] === channels) return reshape(call.b, parameter, [channels, ...ones]);
  const repeated = expand(call.b, reshape(call.b, parameter, [groups, 1]), [groups, channels / groups]);
  return reshape(call.b, repeated, [channels, ...ones]);
}

/** GroupNormalization (18; scale and bias per channel since 21) of [n, groups, rest], its statistics by a second pass. */
const groupNormalization: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const { shape, elementType } = x.type;
  const groups = requiredInt(node, 'num_groups');
  const flat = reshape(b, x, [shape[0] ?? 1, groups, elementCount(shape.slice(1)) / groups]);
  const own = moments(b, flat, [2]);
  const epsilon = scalarLike(b, x, floatAttribute(node, 'epsilon', 1e-5));
  const normalized = reshape(b, div(b, own.centred, sqrt(b, add(b, own.variance, epsilon))), shape);
  const [scale, bias] = [inputOf(call, 1), inputOf(call, 2)].map((p) =>
    perChannel(call, cast(b, p, elementType), x),
  );
  if (!scale || !bias) throw new Error('Expected scale and bias.');
  return [add(b, mul(b, normalized, scale), bias)];
};

/** x / √(mean(x²) over the axes from `axis` on + ε) · scale, computed in float32. */
export function rmsNormalize(
  b: GraphBuilder,
  x: Value,
  { axis, epsilon }: { readonly axis: number; readonly epsilon: number },
): Value {
  const wide = cast(b, x, 'float32');
  const rank = x.type.shape.length;
  const axes = Array.from({ length: rank - axis }, (_, i) => axis + i);
  const meanSquare = reduceMean(b, mul(b, wide, wide), axes);
  return cast(b, div(b, wide, sqrt(b, add(b, meanSquare, b.scalar(epsilon)))), x.type.elementType);
}

/** RMSNormalization (23). */
const rmsNormalization: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const axis = normalizeAxis(intAttribute(node, 'axis', -1), x.type.shape.length);
  const normalized = rmsNormalize(b, x, { axis, epsilon: floatAttribute(node, 'epsilon', 1e-5) });
  return [mul(b, normalized, inputOf(call, 1))];
};

export const NORMALIZATION: Readonly<Record<string, Conversion>> = {
  BatchNormalization: batchNormalization,
  GroupNormalization: groupNormalization,
  RMSNormalization: rmsNormalization,
};
