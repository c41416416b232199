import { intAttribute } from '../attributes.js';
import { isFloat } from '../element-type.js';
import type { Tensor } from '../tensor.js';
import type { FoldContext, FoldRule } from './fold.js';
import { NotFoldable } from './not-foldable.js';
import { floatsOf, integersOf, numbersOf, ofFloats, ofIntegers } from './numbers.js';
import { broadcastTo } from './strided.js';

type Floats = (x: number, y: number) => number;
type Integers = (x: bigint, y: bigint) => bigint;

/** The output's type; every rule here has one output. */
function outputOf({ outputs }: FoldContext) {
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

const variadic =
  (floats: Floats, integers: Integers): FoldRule =>
  (context) => [
    combine(
      context,
      context.inputs.map((_, index) => context.tensor(index)),
      floats,
      integers,
    ),
  ];

const unary =
  (floats: (x: number) => number, integers?: (x: bigint) => bigint): FoldRule =>
  (context) => {
    const { elementType, shape } = outputOf(context);
    const x = context.tensor(0);
    if (isFloat(elementType)) return [ofFloats(elementType, shape, Float64Array.from(floatsOf(x), floats))];
    if (!integers) throw new Error(`Expected a float input, got ${elementType}.`);
    return [ofIntegers(elementType, shape, integersOf(x).map(integers))];
  };

const compare =
  (holds: (x: number | bigint, y: number | bigint) => boolean): FoldRule =>
  (context) => {
    const { shape } = outputOf(context);
    const [x, y] = [broadcastTo(context.tensor(0), shape), broadcastTo(context.tensor(1), shape)];
    const values = isFloat(x.elementType) ? floatsOf : integersOf;
    const [left, right] = [values(x), values(y)];
    const data = Uint8Array.from({ length: left.length }, (_, i) =>
      Number(holds(left[i] ?? 0, right[i] ?? 0)),
    );
    return [{ elementType: 'bool', shape, data }];
  };

/** Division truncates towards zero; by zero there is nothing to fold to. */
const divide: Integers = (x, y) => {
  if (y === 0n) throw new NotFoldable('integer division by zero');
  return x / y;
};

/** Mod has the sign of the divisor, fmod (the attribute) that of the dividend. */
const mod: FoldRule = (context) => {
  const likeDividend = intAttribute(context.node, 'fmod', 0) === 1;
  return variadic(
    (x, y) => x % y,
    (x, y) => {
      if (y === 0n) throw new NotFoldable('integer division by zero');
      return likeDividend ? x % y : ((x % y) + y) % y;
    },
  )(context);
};

const power: FoldRule = (context) => {
  const { elementType, shape } = outputOf(context);
  const [x, y] = [context.tensor(0), context.tensor(1)].map((t) => numbersOf(broadcastTo(t, shape)));
  const values = Float64Array.from(x ?? [], (base, i) => base ** (y?.[i] ?? 1));
  if (isFloat(elementType)) return [ofFloats(elementType, shape, values)];
  return [
    ofIntegers(
      elementType,
      shape,
      Array.from(values, (value) => BigInt(Math.trunc(value))),
    ),
  ];
};

/** Open bounds are infinite; integers are clipped exactly. */
const clip: FoldRule = (context) => {
  const bounds = [1, 2].map((index) => context.constant(index));
  const [low, high] = bounds;
  const { elementType, shape } = outputOf(context);
  if (isFloat(elementType)) {
    const [min, max] = [
      low ? (floatsOf(low)[0] ?? 0) : -Infinity,
      high ? (floatsOf(high)[0] ?? 0) : Infinity,
    ];
    return [
      ofFloats(
        elementType,
        shape,
        Float64Array.from(floatsOf(context.tensor(0)), (x) => Math.min(Math.max(x, min), max)),
      ),
    ];
  }
  const [min, max] = [low && integersOf(low)[0], high && integersOf(high)[0]];
  const values = integersOf(context.tensor(0)).map((x) => {
    const raised = min !== undefined && x < min ? min : x;
    return max !== undefined && raised > max ? max : raised;
  });
  return [ofIntegers(elementType, shape, values)];
};

const where: FoldRule = (context) => {
  const { elementType, shape } = outputOf(context);
  const [condition, x, y] = [0, 1, 2].map((index) => broadcastTo(context.tensor(index), shape));
  if (!condition || !x || !y) throw new Error('Expected three operands.');
  const data = y.data.slice();
  for (const [i, chosen] of condition.data.entries()) if (chosen) data[i] = x.data[i] as never; // x and y have one type.
  return [{ elementType, shape, data }];
};

/** Halves go to the even neighbour. */
const roundHalfEven = (x: number) => {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
};

const bit = (holds: boolean) => (holds ? 1n : 0n);
const noFloats = (): number => Number.NaN;

export const ARITHMETIC = {
  Abs: unary(Math.abs, (x) => (x < 0n ? -x : x)),
  Add: variadic(
    (x, y) => x + y,
    (x, y) => x + y,
  ),
  And: variadic(noFloats, (x, y) => x & y),
  Ceil: unary(Math.ceil),
  Clip: clip,
  Cos: unary(Math.cos),
  Div: variadic((x, y) => x / y, divide),
  Equal: compare((x, y) => x === y),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Greater: compare((x, y) => x > y),
  GreaterOrEqual: compare((x, y) => x >= y),
  Less: compare((x, y) => x < y),
  LessOrEqual: compare((x, y) => x <= y),
  Log: unary(Math.log),
  Max: variadic(Math.max, (x, y) => (x > y ? x : y)),
  Min: variadic(Math.min, (x, y) => (x < y ? x : y)),
  Mod: mod,
  Mul: variadic(
    (x, y) => x * y,
    (x, y) => x * y,
  ),
  Neg: unary(
    (x) => -x,
    (x) => -x,
  ),
  Not: unary(noFloats, (x) => bit(x === 0n)),
  Or: variadic(noFloats, (x, y) => x | y),
  Pow: power,
  Reciprocal: unary((x) => 1 / x),
  Relu: unary(
    (x) => Math.max(x, 0),
    (x) => (x > 0n ? x : 0n),
  ),
  Round: unary(roundHalfEven),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  Sign: unary(Math.sign, (x) => bit(x > 0n) - bit(x < 0n)),
  Sin: unary(Math.sin),
  Sqrt: unary(Math.sqrt),
  Sub: variadic(
    (x, y) => x - y,
    (x, y) => x - y,
  ),
  Sum: variadic(
    (x, y) => x + y,
    (x, y) => x + y,
  ),
  Tanh: unary(Math.tanh),
  Where: where,
  Xor: variadic(noFloats, (x, y) => x ^ y),
} as const satisfies Record<string, FoldRule>;
