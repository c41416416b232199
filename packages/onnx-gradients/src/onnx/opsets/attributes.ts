import { intAttribute, intsAttribute } from '../attributes.js';
import { type Conversion, keep, without } from './call.js';

/** AveragePool-19 has dilations; without any it is AveragePool-11. */
const averagePool: Conversion = (call) => {
  const dilations = intsAttribute(call.node, 'dilations') ?? [];
  if (dilations.some((dilation) => dilation !== 1)) throw new Error('Dilations are not supported.');
  return keep(call, { attributes: without(call.node.attributes, 'dilations') });
};

/** Indices are only supported as row-major storage counts them. */
const maxPool: Conversion = (call) => {
  if (call.node.outputs[1] && intAttribute(call.node, 'storage_order', 0) !== 0) {
    throw new Error('Column-major indices are not supported.');
  }
  return keep(call);
};

/** Cast-19's `saturate` and Cast-24's `round_mode` concern float8 only. */
const cast: Conversion = (call) =>
  keep(call, { attributes: without(call.node.attributes, 'saturate', 'round_mode') });

/** Operators that gained attributes the working opset does not know. */
export const ATTRIBUTES: Readonly<Record<string, Conversion>> = {
  AveragePool: averagePool,
  Cast: cast,
  CastLike: cast,
  MaxPool: maxPool,
};
