/** What a list of durations comes to, in its own unit. */
export interface Summary {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles. @throws when there is nothing to summarise. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (percent: number) => {
    const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
    if (value === undefined) throw new Error('Expected at least one value.');
    return value;
  };
  return { p50: at(50), p99: at(99), max: at(100) };
}
