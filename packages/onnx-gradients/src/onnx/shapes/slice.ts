import { normalizeAxis } from '../axes.js';
import type { Shape } from '../tensor.js';

/** One axis of a Slice with its bounds resolved: elements start, start + step, …, `count` of them. */
export interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

export interface SliceOperands {
  readonly shape: Shape;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The first axes in order when absent. */
  readonly axes?: readonly number[] | undefined;
  /** All 1 when absent. */
  readonly steps?: readonly number[] | undefined;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/**
 * Slice's bounds as the specification resolves them: negative ones count from the end, then they are clamped to
 * [0, n] for a positive step and to [0, n − 1] (end: [−1, n − 1]) for a negative one.
 *
 * @throws when lengths disagree, an axis repeats or a step is 0.
 */
export function resolveSlice({ shape, starts, ends, axes, steps }: SliceOperands): readonly SliceRange[] {
  const count = starts.length;
  for (const list of [ends, axes, steps]) {
    if (list && list.length !== count) throw new Error('Expected as many ends, axes and steps as starts.');
  }
  const seen = new Set<number>();
  return starts.map((start, i) => {
    const axis = normalizeAxis(axes ? (axes[i] ?? 0) : i, shape.length);
    if (seen.has(axis)) throw new Error(`Expected distinct axes, got axis ${axis} twice.`);
    seen.add(axis);
    const size = shape[axis] ?? 0;
    const step = steps?.[i] ?? 1;
    if (step === 0) throw new Error('Expected steps other than 0.');
    const fromEnd = (value: number) => (value < 0 ? value + size : value);
    const end = ends[i] ?? 0;
    const first = step > 0 ? clamp(fromEnd(start), 0, size) : clamp(fromEnd(start), 0, size - 1);
    const last = step > 0 ? clamp(fromEnd(end), 0, size) : clamp(fromEnd(end), -1, size - 1);
    return { axis, start: first, step, count: Math.max(0, Math.ceil((last - first) / step)) };
  });
}
