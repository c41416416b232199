import { type Random, randomFromSeed } from '../../paint/random.js';

/** At least this many examples, or none are kept aside. */
const ENOUGH = 10;
const MOST = 64;

export interface Split {
  readonly training: readonly number[];
  /** Never learnt from; empty where there are too few examples to spare any. */
  readonly heldOut: readonly number[];
}

/** A tenth of the examples, 64 at most, kept aside to measure on; the same for the same seed. */
export function splitExamples(count: number, seed: number): Split {
  const order = shuffled(count, randomFromSeed(seed));
  const aside = count < ENOUGH ? 0 : Math.min(MOST, Math.floor(count / 10));
  return { training: order.slice(aside), heldOut: order.slice(0, aside) };
}

/**
 * The examples of a step counted from 0, as places in the training set: every epoch is a new order of all of them, and each
 * step knows its own without the steps before it.
 */
export function examplesOf(
  step: number,
  { count, batch, seed }: { readonly count: number; readonly batch: number; readonly seed: number },
): readonly number[] {
  const chosen: number[] = [];
  let epoch = -1;
  let order: readonly number[] = [];
  for (let place = step * batch; chosen.length < batch; place += 1) {
    if (Math.floor(place / count) !== epoch) {
      epoch = Math.floor(place / count);
      order = shuffled(count, randomFromSeed(seedFor(seed, epoch, 1)));
    }
    chosen.push(order[place % count] ?? 0);
  }
  return chosen;
}

/** A seed for one thing at one step, so that a run that goes on draws what one that never stopped would. */
export function seedFor(seed: number, step: number, purpose: number): number {
  return (
    (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^
      Math.imul(step + 1, 0xc2b2ae35) ^
      Math.imul(purpose, 0x27d4eb2f)) >>>
    0
  );
}

/** Fisher and Yates. */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
