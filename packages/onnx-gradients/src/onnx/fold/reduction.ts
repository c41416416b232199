import { intAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { isFloat } from '../element-type.js';
import { reducedShape, reductionAxes } from '../shapes/reduction.js';
import { elementCount, toNumbers } from '../tensor.js';
import { NotFoldable } from './not-foldable.js';
import { floatsOf, integersOf, ofFloats, ofIntegers } from './numbers.js';
import type { FoldRule } from './rule.js';
import { stretched, stridesOf, walk } from './strided.js';

interface Reduction {
  readonly floats: (total: number, x: number) => number;
  readonly integers: (total: bigint, x: bigint) => bigint;
  /** What the total starts from; the first element when absent. */
  readonly start?: number;
  /** Divide by the number of elements at the end. */
  readonly isMean?: boolean;
}

const reduce =
  ({ floats, integers, start, isMean = false }: Reduction): FoldRule =>
  (context) => {
    const x = context.tensor(0);
    const kept = reducedShape(x.shape, reductionAxes(context), true);
    const layout = stretched(kept, x.shape);
    const count = elementCount(kept);
    return context.outputs.map(({ elementType, shape }) => {
      if (isFloat(elementType)) {
        const values = floatsOf(x);
        const totals = new Array<number | undefined>(count).fill(start);
        walk(layout, (position, i) => {
          const total = totals[position];
          const value = values[i] ?? 0;
          totals[position] = total === undefined ? value : floats(total, value);
        });
        const divisor = isMean ? values.length / count : 1;
        return ofFloats(
          elementType,
          shape,
          Float64Array.from(totals, (total) => (total ?? 0) / divisor),
        );
      }
      if (isMean) throw new NotFoldable('a mean of integers');
      const values = integersOf(x);
      const totals = new Array<bigint | undefined>(count).fill(
        start === undefined ? undefined : BigInt(start),
      );
      walk(layout, (position, i) => {
        const total = totals[position];
        const value = values[i] ?? 0n;
        totals[position] = total === undefined ? value : integers(total, value);
      });
      return ofIntegers(
        elementType,
        shape,
        totals.map((total) => total ?? 0n),
      );
    });
  };

const cumSum: FoldRule = ({ node, tensor, outputs }) => {
  const x = tensor(0);
  const axis = normalizeAxis(toNumbers(tensor(1))[0] ?? 0, x.shape.length);
  const isExclusive = intAttribute(node, 'exclusive', 0) === 1;
  const isReverse = intAttribute(node, 'reverse', 0) === 1;
  const [stride, size] = [stridesOf(x.shape)[axis] ?? 1, x.shape[axis] ?? 0];
  /** The neighbour whose running total an element continues; undefined for the first along the axis. */
  const before = (i: number) => {
    const at = Math.floor(i / stride) % size;
    if (isReverse) return at === size - 1 ? undefined : i + stride;
    return at === 0 ? undefined : i - stride;
  };
  const order = [...x.data.keys()];
  if (isReverse) order.reverse();
  return outputs.map(({ elementType, shape }) => {
    if (isFloat(elementType)) {
      const values = floatsOf(x);
      const totals = new Float64Array(values.length);
      for (const i of order) {
        const neighbour = before(i);
        const total = neighbour === undefined ? 0 : (totals[neighbour] ?? 0);
        totals[i] =
          total + (isExclusive ? (neighbour === undefined ? 0 : (values[neighbour] ?? 0)) : (values[i] ?? 0));
      }
      return ofFloats(elementType, shape, totals);
    }
    const values = integersOf(x);
    const totals = values.map(() => 0n);
    for (const i of order) {
      const neighbour = before(i);
      const total = neighbour === undefined ? 0n : (totals[neighbour] ?? 0n);
      totals[i] =
        total +
        (isExclusive ? (neighbour === undefined ? 0n : (values[neighbour] ?? 0n)) : (values[i] ?? 0n));
    }
    return ofIntegers(elementType, shape, totals);
  });
};

const larger = (x: bigint, y: bigint) => (x > y ? x : y);
const smaller = (x: bigint, y: bigint) => (x < y ? x : y);
const sum = { floats: (t: number, x: number) => t + x, integers: (t: bigint, x: bigint) => t + x, start: 0 };

export const REDUCTION = {
  CumSum: cumSum,
  ReduceMax: reduce({ floats: Math.max, integers: larger }),
  ReduceMean: reduce({ ...sum, isMean: true }),
  ReduceMin: reduce({ floats: Math.min, integers: smaller }),
  ReduceProd: reduce({ floats: (t, x) => t * x, integers: (t, x) => BigInt.asIntN(64, t * x), start: 1 }),
  ReduceSum: reduce(sum),
} as const satisfies Record<string, FoldRule>;
