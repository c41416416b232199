import { isFloat } from '../element-type.js';
import { outputOf, unary, variadic } from './elementwise.js';
import { floatsOf, integersOf } from './numbers.js';
import type { FoldRule } from './rule.js';
import { broadcastTo } from './strided.js';

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

const noFloats = (): number => Number.NaN;

/** Comparisons and logic. */
export const LOGIC = {
  And: variadic(noFloats, (x, y) => x & y),
  Equal: compare((x, y) => x === y),
  Greater: compare((x, y) => x > y),
  GreaterOrEqual: compare((x, y) => x >= y),
  Less: compare((x, y) => x < y),
  LessOrEqual: compare((x, y) => x <= y),
  Not: unary(noFloats, (x) => (x === 0n ? 1n : 0n)),
  Or: variadic(noFloats, (x, y) => x | y),
  Xor: variadic(noFloats, (x, y) => x ^ y),
} as const satisfies Record<string, FoldRule>;
