import type { Random } from '../random.js';

export interface DrawOptions {
  readonly random: Random;
  /** Logits are divided by this: below 1 the likely ones gain. */
  readonly temperature: number;
  /** How many of the largest logits may be drawn. */
  readonly topK: number;
}

/** Draws an index from logits: the `topK` largest (with all that tie with the last), divided by the temperature, softmax. */
export function drawCode(logits: Float32Array, { random, temperature, topK }: DrawOptions): number {
  const sorted = Float64Array.from(logits).sort();
  const largest = sorted.at(-1) ?? 0;
  const threshold = sorted.at(-Math.min(topK, sorted.length)) ?? largest;
  const weights = Float64Array.from(logits, (logit) =>
    logit < threshold ? 0 : Math.exp((logit - largest) / temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform() * total;
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = index;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}
