import { floatAttribute, intAttribute, requiredInt } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, cast, div, expand, instanceNormalization, mul, reduceMean, reshape, sqrt } from '../ops.js';
import { elementCount } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf, keep, without } from './call.js';

/** At inference; 14 brought `training_mode`, before it the extra outputs meant training. */
const batchNormalization: Conversion = (call) => {
  if (call.node.outputs.slice(1).some((output) => output !== '')) {
    throw new Error('Expected one output: training is not supported.');
  }
  return keep(call, { attributes: without(call.node.attributes, 'momentum', 'spatial') });
};

/** A parameter [c] or, before 21, [groups] as [c, 1, …]. */
function perChannel(call: Call, parameter: Value, x: Value): Value {
  const [, channels = 1, ...spatial] = x.type.shape;
  const groups = requiredInt(call.node, 'num_groups');
  const ones = spatial.map(() => 1);
  if (parameter.type.shape[0] === channels) return reshape(call.b, parameter, [channels, ...ones]);
  const repeated = expand(call.b, reshape(call.b, parameter, [groups, 1]), [groups, channels / groups]);
  return reshape(call.b, repeated, [channels, ...ones]);
}

/**
 * GroupNormalization (18; scale and bias per channel since 21) as PyTorch's exporter writes it: an
 * InstanceNormalization of [n, groups, rest], then scale and bias.
 */
const groupNormalization: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const { shape, elementType } = x.type;
  const groups = requiredInt(node, 'num_groups');
  const flat = reshape(b, x, [shape[0] ?? 1, groups, elementCount(shape.slice(1)) / groups]);
  const fill = (value: number) => expand(b, scalarLike(b, x, value), [groups]);
  const normalized = reshape(
    b,
    instanceNormalization(b, [flat, fill(1), fill(0)], floatAttribute(node, 'epsilon', 1e-5)),
    shape,
  );
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
