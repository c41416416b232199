import { isFloat } from '../element-type.js';
import type { Tensor, TensorType } from '../tensor.js';
import { floatsOf, integersOf, numbersOf, ofFloats, ofIntegers } from './numbers.js';
import type { FoldContext, FoldRule } from './rule.js';
import { broadcastTo } from './strided.js';

export type Floats = (x: number, y: number) => number;
export type Integers = (x: bigint, y: bigint) => bigint;

/** The output's type; every rule here has one output. */
export function outputOf({ outputs }: FoldContext): TensorType {
  const [output] = outputs;
  if (!output) throw new Error('Expected an output.');
  return output;
}

function combine(
  context: FoldContext,
  operands: readonly Tensor[],
  floats: Floats,
  integers: Integers,
): Tensor {
  const { elementType, shape } = outputOf(context);
  const [first, ...rest] = operands.map((tensor) => broadcastTo(tensor, shape));
  if (!first) throw new Error('Expected an operand.');
  if (isFloat(elementType)) {
    let result = Float64Array.from(floatsOf(first));
    for (const tensor of rest) {
      const other = numbersOf(tensor);
      result = result.map((x, i) => floats(x, other[i] ?? 0));
    }
    return ofFloats(elementType, shape, result);
  }
  let result = integersOf(first);
  for (const tensor of rest) {
    const other = integersOf(tensor);
    result = result.map((x, i) => integers(x, other[i] ?? 0n));
  }
  return ofIntegers(elementType, shape, result);
}

/** All operands joined, each broadcast to the output. */
export const variadic =
  (floats: Floats, integers: Integers): FoldRule =>
  (context) => [
    combine(
      context,
      context.inputs.map((_, index) => context.tensor(index)),
      floats,
      integers,
    ),
  ];

/** Each element by itself; integers only where `integers` is given. */
export const unary =
  (floats: (x: number) => number, integers?: (x: bigint) => bigint): FoldRule =>
  (context) => {
    const { elementType, shape } = outputOf(context);
    const x = context.tensor(0);
    if (isFloat(elementType)) return [ofFloats(elementType, shape, Float64Array.from(floatsOf(x), floats))];
    if (!integers) throw new Error(`Expected a float input, got ${elementType}.`);
    return [ofIntegers(elementType, shape, integersOf(x).map(integers))];
  };
