import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { floats, indicator, scalar, scale, square } from '../emit.js';

export interface SamplingOptions {
  readonly b: GraphBuilder;
  /** [n, 1, points], in −1…1 over the picture. */
  readonly coordinate: Value;
  /** Pixels along this direction. */
  readonly length: number;
  readonly mode: string;
  readonly padding: string;
  readonly alignCorners: boolean;
}

/** The pixels that a point reads along one direction. All are [n, count, points]. */
export interface Taps {
  readonly count: number;
  /** int64, inside the picture. */
  readonly index: Value;
  readonly weight: Value;
  /** ∂weight/∂coordinate. */
  readonly slope: Value;
}

/** GridSample's taps along one direction, as ONNX Runtime and PyTorch place them. */
export function tapsOf(options: SamplingOptions): Taps {
  const { b, coordinate, length, alignCorners, mode } = options;
  // u = ((c + 1)·length − 1)/2, or (c + 1)/2·(length − 1) from corner centre to corner centre
  const rate = (alignCorners ? length - 1 : length) / 2;
  const offset = alignCorners ? rate : rate - 0.5;
  const u = ops.add(b, scale(b, coordinate, rate), scalar(b, coordinate, offset));
  if (mode === 'nearest') return nearest(options, u);
  if (mode === 'bilinear') return linear(options, u, rate);
  if (mode === 'bicubic') return cubic(options, u, rate);
  throw new Error(`mode "${mode}" has no gradient`);
}

/** One pixel, whose choice has no slope. */
function nearest(options: SamplingOptions, u: Value): Taps {
  const { b } = options;
  const { index, inside } = placed(options, ops.round(b, u));
  return { count: 1, index, weight: inside, slope: scale(b, inside, 0) };
}

/** Two pixels; the point itself is moved inside first, and then its slope is that of the move. */
function linear(options: SamplingOptions, u: Value, rate: number): Taps {
  const { b } = options;
  const { value, slope: moved } =
    options.padding === 'zeros' ? { value: u, slope: undefined } : inward(options, u);
  const base = ops.floor(b, value);
  const t = ops.sub(b, value, base);
  // Inside, only a pixel of weight 0 can lie beyond the last one.
  const { index, inside } = placed(
    { ...options, padding: 'zeros' },
    ops.add(b, base, floats(b, u, [1, 2, 1], [0, 1])),
  );
  const weight = ops.concat(b, [ops.sub(b, scalar(b, t, 1), t), t], 1);
  const signs = ops.mul(b, inside, floats(b, u, [1, 2, 1], [-rate, rate]));
  return {
    count: 2,
    index,
    weight: ops.mul(b, weight, inside),
    slope: moved ? ops.mul(b, signs, moved) : signs,
  };
}

/** Keys' kernel (1981) with a = −¾: |s| < 1: (a+2)s³ − (a+3)s² + 1; 1 ≤ |s| < 2: a(s³ − 5s² + 8s − 4). */
const A = -0.75;

/** Four pixels at −1, 0, 1, 2 from the point's floor, each moved inside by itself. */
function cubic(options: SamplingOptions, u: Value, rate: number): Taps {
  const { b } = options;
  const base = ops.floor(b, u);
  const t = ops.sub(b, u, base);
  const { index, inside } = placed(options, ops.add(b, base, floats(b, u, [1, 4, 1], [-1, 0, 1, 2])));
  const s = ops.abs(b, ops.sub(b, t, floats(b, u, [1, 4, 1], [-1, 0, 1, 2])));
  // As polynomials k₃s³ + k₂s² + k₁s + k₀: the outer taps are 0 and 3, the inner ones 1 and 2.
  const k = (outer: number, inner: number) => floats(b, u, [1, 4, 1], [outer, inner, inner, outer]);
  const s2 = square(b, s);
  const cubicPart = ops.mul(b, ops.mul(b, s2, s), k(A, A + 2));
  const squarePart = ops.mul(b, s2, k(-5 * A, -(A + 3)));
  const rest = ops.add(b, ops.mul(b, s, k(8 * A, 0)), k(-4 * A, 1));
  const weight = ops.add(b, ops.add(b, cubicPart, squarePart), rest);
  const linearPart = ops.add(b, ops.mul(b, s, k(-10 * A, -2 * (A + 3))), k(8 * A, 0));
  const derivative = ops.add(b, ops.mul(b, s2, k(3 * A, 3 * (A + 2))), linearPart);
  // s grows with t for the two taps on the left of the point and shrinks for those on its right.
  const direction = floats(b, u, [1, 4, 1], [rate, rate, -rate, -rate]);
  return {
    count: 4,
    index,
    weight: ops.mul(b, weight, inside),
    slope: ops.mul(b, ops.mul(b, derivative, direction), inside),
  };
}

/** Whole pixel positions as indices inside the picture; `inside` is 0 where padding with zeros applies. */
function placed(
  options: SamplingOptions,
  position: Value,
): { readonly index: Value; readonly inside: Value } {
  const { b, length, padding } = options;
  if (padding !== 'zeros') {
    const one = scalar(b, position, 1);
    return {
      index: ops.cast(b, inward(options, position).value, 'int64'),
      inside: ops.expand(b, one, position.type.shape),
    };
  }
  const clipped = ops.clip(b, position, scalar(b, position, 0), scalar(b, position, length - 1));
  return {
    index: ops.cast(b, clipped, 'int64'),
    inside: indicator(b, ops.equal(b, clipped, position), position),
  };
}

/** A position moved inside by `border` or `reflection`, and the slope of that move: 1, −1 or 0. */
function inward(options: SamplingOptions, position: Value): { readonly value: Value; readonly slope: Value } {
  const { b, length, padding, alignCorners } = options;
  const [zero, last] = [scalar(b, position, 0), scalar(b, position, length - 1)];
  const clip = (value: Value) => ops.clip(b, value, zero, last);
  if (padding === 'border') {
    const value = clip(position);
    return { value, slope: indicator(b, ops.equal(b, value, position), position) };
  }
  if (padding !== 'reflection') throw new Error(`padding_mode "${padding}" has no gradient`);
  // A zigzag of the distance from the low mirror: with f = (u − low) mod 2·span, f or 2·span − f.
  const low = alignCorners ? 0 : -0.5;
  const span = alignCorners ? length - 1 : length;
  if (span === 0) {
    const zeros = scale(b, position, 0);
    return { value: zeros, slope: zeros };
  }
  const distance = ops.sub(b, position, scalar(b, position, low));
  const period = scalar(b, position, 2 * span);
  const folded = ops.sub(b, distance, ops.mul(b, period, ops.floor(b, ops.div(b, distance, period))));
  const isRising = ops.lessOrEqual(b, folded, scalar(b, position, span));
  const reflected = ops.where(b, isRising, folded, ops.sub(b, period, folded));
  const shifted = ops.add(b, reflected, scalar(b, position, low));
  const value = clip(shifted);
  const sign = ops.where(b, isRising, scalar(b, position, 1), scalar(b, position, -1));
  return { value, slope: ops.mul(b, sign, indicator(b, ops.equal(b, value, shifted), position)) };
}
