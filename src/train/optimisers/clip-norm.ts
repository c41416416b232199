/** Scales gradients in place so that their Euclidean norm is at most `limit`; returns the norm they had. */
export function clipNorm(gradients: Float32Array, limit: number): number {
  let sum = 0;
  for (let index = 0; index < gradients.length; index += 1) {
    const value = gradients[index] as number; // within bounds
    sum += value * value;
  }
  const norm = Math.sqrt(sum);
  if (norm > limit) {
    const factor = limit / norm;
    for (let index = 0; index < gradients.length; index += 1)
      gradients[index] = (gradients[index] as number) * factor;
  }
  return norm;
}
