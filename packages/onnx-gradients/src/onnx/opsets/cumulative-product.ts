import { intAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { Value } from '../builder.js';
import { mul, pad, slice } from '../ops.js';
import { toNumbers } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

interface Along {
  readonly axis: number;
  readonly isReversed: boolean;
}

/** The values some places further along an axis, with ones before the first. */
function shifted({ b }: Call, x: Value, by: number, { axis, isReversed }: Along): Value {
  const { shape } = x.type;
  const length = shape[axis] ?? 1;
  const [start, end] = isReversed ? [by, length] : [0, length - by];
  const kept = slice(b, x, { starts: [start], ends: [end], axes: [axis] });
  const margin = shape.map((_, other) => (other === axis ? by : 0));
  const none = shape.map(() => 0);
  const pads = isReversed ? [...none, ...margin] : [...margin, ...none];
  return pad(b, kept, { pads, value: scalarLike(b, x, 1) });
}

/** CumProd (26): products of 2, 4, 8, … neighbours, so that a zero needs no division. */
const cumulativeProduct: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const constant = b.constantOf(inputOf(call, 1));
  if (!constant) throw new Error('Expected `axis` (input 1) to be constant.');
  const axis = normalizeAxis(toNumbers(constant)[0] ?? 0, x.type.shape.length);
  const way = { axis, isReversed: intAttribute(node, 'reverse', 0) === 1 };
  const length = x.type.shape[axis] ?? 1;
  let result = intAttribute(node, 'exclusive', 0) === 1 ? shifted(call, x, Math.min(1, length), way) : x;
  for (let by = 1; by < length; by *= 2) result = mul(b, result, shifted(call, result, by, way));
  return [result];
};

export const CUMULATIVE_PRODUCT: Readonly<Record<string, Conversion>> = { CumProd: cumulativeProduct };
