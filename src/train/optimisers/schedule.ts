export interface Schedule {
  readonly peak: number;
  /** Steps over which the rate rises from 0. */
  readonly warmUp: number;
  /** Steps of the whole run; at its end the rate is `floor` of the peak. */
  readonly steps: number;
  readonly floor: number;
}

/** The learning rate of a step counted from 1: a straight rise, then half a cosine down. */
export function rateAt(step: number, { peak, warmUp, steps, floor }: Schedule): number {
  if (step <= warmUp) return (peak * step) / warmUp;
  const share = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
  return peak * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * share))) / 2);
}
