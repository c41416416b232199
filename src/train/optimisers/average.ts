/** What a running mean keeps of itself: (1 + t)/(10 + t), at most `decay`, so that a short run's mean is not its start. */
export function averageKept(step: number, decay: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

/** Moves a running mean of the weights towards them, in place. */
export function followAverage(
  average: Float32Array,
  weights: Float32Array,
  step: number,
  decay: number,
): void {
  const kept = averageKept(step, decay);
  for (let index = 0; index < average.length; index += 1) {
    const mean = average[index] as number; // within bounds, and arrays of one length
    average[index] = mean + (1 - kept) * ((weights[index] as number) - mean);
  }
}
