export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
}

/** Weights with their running means of gradients and of squared gradients, all of one length. */
export interface Moments {
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * One step of AdamW (Loshchilov and Hutter 2019), in place.
 *
 * @param step Counted from 1, for the bias of the means.
 */
export function adamW(
  { weights, gradients, first, second }: Moments,
  step: number,
  options: AdamWOptions,
): void {
  const { learningRate, beta1, beta2, epsilon, decay } = options;
  const kept = 1 - learningRate * decay;
  const rate = learningRate / (1 - beta1 ** step);
  const scale = 1 / Math.sqrt(1 - beta2 ** step);
  for (let index = 0; index < weights.length; index += 1) {
    const gradient = gradients[index] as number; // within bounds, and arrays of one length
    const mean = beta1 * (first[index] as number) + (1 - beta1) * gradient;
    const square = beta2 * (second[index] as number) + (1 - beta2) * gradient * gradient;
    first[index] = mean;
    second[index] = square;
    weights[index] =
      (weights[index] as number) * kept - (rate * mean) / (Math.sqrt(square) * scale + epsilon);
  }
}
