import { intAttribute } from '../attributes.js';
import { isFloat } from '../element-type.js';
import { type Integers, outputOf, variadic } from './elementwise.js';
import { NotFoldable } from './not-foldable.js';
import { numbersOf, ofFloats, ofIntegers } from './numbers.js';
import type { FoldRule } from './rule.js';
import { broadcastTo } from './strided.js';

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

/** Floats beyond what an integer type holds have no one meaning. */
function wholeNumber(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) throw new NotFoldable(`${value} as an integer`);
  return BigInt(Math.trunc(value));
}

const power: FoldRule = (context) => {
  const { elementType, shape } = outputOf(context);
  const [x, y] = [context.tensor(0), context.tensor(1)].map((t) => numbersOf(broadcastTo(t, shape)));
  const values = Float64Array.from(x ?? [], (base, i) => base ** (y?.[i] ?? 1));
  if (isFloat(elementType)) return [ofFloats(elementType, shape, values)];
  return [ofIntegers(elementType, shape, Array.from(values, wholeNumber))];
};

const where: FoldRule = (context) => {
  const { elementType, shape } = outputOf(context);
  const [condition, x, y] = [0, 1, 2].map((index) => broadcastTo(context.tensor(index), shape));
  if (!condition || !x || !y) throw new Error('Expected three operands.');
  const data = y.data.slice();
  for (const [i, chosen] of condition.data.entries()) if (chosen) data[i] = x.data[i] as never; // x and y have one type.
  return [{ elementType, shape, data }];
};

/** Operators of two and more broadcast inputs. */
export const ARITHMETIC = {
  Add: variadic(
    (x, y) => x + y,
    (x, y) => x + y,
  ),
  Div: variadic((x, y) => x / y, divide),
  Max: variadic(Math.max, (x, y) => (x > y ? x : y)),
  Min: variadic(Math.min, (x, y) => (x < y ? x : y)),
  Mod: mod,
  Mul: variadic(
    (x, y) => x * y,
    (x, y) => x * y,
  ),
  Pow: power,
  Sub: variadic(
    (x, y) => x - y,
    (x, y) => x - y,
  ),
  Sum: variadic(
    (x, y) => x + y,
    (x, y) => x + y,
  ),
  Where: where,
} as const satisfies Record<string, FoldRule>;
