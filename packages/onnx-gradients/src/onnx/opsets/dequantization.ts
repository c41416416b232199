import { intAttribute, optionalInt } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { elementTypeOfNumber } from '../element-type.js';
import { cast, expand, mul, reshape, sub } from '../ops.js';
import type { Shape } from '../tensor.js';
import { type Conversion, inputOf } from './call.js';

interface Blocks {
  readonly shape: Shape;
  readonly axis: number;
  /** Elements along the axis that share a scale; 0 where each has its own. */
  readonly block: number;
}

/** A scale or zero point where it meets its elements: one for all, one a place along the axis, or one a block. */
function spread(b: GraphBuilder, x: Value, { shape, axis, block }: Blocks): Value {
  const own = x.type.shape;
  if (block === 0) return own.length === 1 ? reshape(b, x, shape.map(() => 1).with(axis, own[0] ?? 1)) : x;
  const length = shape[axis] ?? 1;
  if ((own[axis] ?? 0) * block !== length)
    throw new Error(`Expected blocks of ${block} to fill an axis of ${length}.`);
  const apart = reshape(b, x, own.toSpliced(axis + 1, 0, 1));
  return reshape(b, expand(b, apart, own.toSpliced(axis + 1, 0, block)), own.with(axis, length));
}

/** DequantizeLinear (10): (x − zero point)·scale, of integers that are stored: weights, mostly. */
const dequantize: Conversion = (call) => {
  const { b, node, inputs } = call;
  const [x, scale] = [inputOf(call, 0), inputOf(call, 1)];
  const { shape } = x.type;
  const axis =
    shape.length === 0 ? 0 : normalizeAxis(intAttribute(node, 'axis', 1), Math.max(shape.length, 2));
  const blocks = { shape, axis, block: intAttribute(node, 'block_size', 0) };
  const type = scale.type.elementType;
  const numbers = cast(b, x, type);
  const centred = inputs[2] ? sub(b, numbers, cast(b, spread(b, inputs[2], blocks), type)) : numbers;
  const result = mul(b, centred, spread(b, scale, blocks));
  const output = optionalInt(node, 'output_dtype');
  return [output ? cast(b, result, elementTypeOfNumber(output)) : result];
};

export const DEQUANTIZATION: Readonly<Record<string, Conversion>> = { DequantizeLinear: dequantize };
