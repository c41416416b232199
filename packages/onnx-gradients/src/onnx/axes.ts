/**
 * An axis counted from the front.
 *
 * @throws when it lies outside [−rank, rank).
 */
export function normalizeAxis(axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new Error(`Expected an axis between ${-rank} and ${rank - 1}, got ${axis}.`);
  }
  return axis < 0 ? axis + rank : axis;
}

/**
 * Axes counted from the front, ascending.
 *
 * @throws when one is out of range or named twice.
 */
export function normalizeAxes(axes: readonly number[], rank: number): readonly number[] {
  const sorted = axes.map((axis) => normalizeAxis(axis, rank)).sort((a, b) => a - b);
  for (const [index, axis] of sorted.entries()) {
    if (sorted[index - 1] === axis) throw new Error(`Expected distinct axes, got axis ${axis} twice.`);
  }
  return sorted;
}
