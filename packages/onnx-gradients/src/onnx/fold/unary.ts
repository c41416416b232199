import { isFloat } from '../element-type.js';
import { castTensor } from './cast.js';
import { outputOf, unary } from './elementwise.js';
import { floatsOf, integersOf, ofFloats, ofIntegers } from './numbers.js';
import type { FoldRule } from './rule.js';

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

/** Halves go to the even neighbour. */
const roundHalfEven = (x: number) => {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
};

const bit = (holds: boolean) => (holds ? 1n : 0n);

const cast: FoldRule = ({ tensor, outputs }) =>
  outputs.map((output) => castTensor(tensor(0), output.elementType));

/** Operators of one input, element by element. */
export const UNARY = {
  Abs: unary(Math.abs, (x) => (x < 0n ? -x : x)),
  Cast: cast,
  CastLike: cast,
  Ceil: unary(Math.ceil),
  Clip: clip,
  Cos: unary(Math.cos),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Log: unary(Math.log),
  Neg: unary(
    (x) => -x,
    (x) => -x,
  ),
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
  Tanh: unary(Math.tanh),
} as const satisfies Record<string, FoldRule>;
