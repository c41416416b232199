import { readFileSync } from 'node:fs';
import type { Model } from 'onnx-gradients/graph';
import {
  createTrainee,
  type HostStep,
  openHostStep,
  type Trainee,
} from '../../../src/train/steppers/host-step.js';
import type { Layout } from '../../../src/train/parameters.js';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';
import { runtime } from '../support.js';

/** What training/reference/training_fixtures.py writes of a step. */
export interface StepFixture {
  readonly seed: number;
  readonly rate: number;
  /** In PyTorch's order. */
  readonly parameters: readonly string[];
  /** Two sums of each parameter's gradient with fixed random numbers, computed in double precision. */
  readonly gradient: readonly number[];
  /** How far PyTorch's own single precision is from them. */
  readonly singleError: number;
}

export function readStep<Fixture extends StepFixture>(name: string): Fixture {
  const path = new URL(`../fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Fixture; // written by our own script
}

/** A trainee with the script's weights. */
export function filledTrainee(layout: Layout, seed: number): Trainee {
  const trainee = createTrainee(layout);
  const source = randomWeights(seed);
  for (const [name, { shape, offset }] of layout.places) {
    trainee.weights.set(source(name, shape).data as Float32Array, offset);
  }
  return trainee;
}

export function openStep(model: Model, ...trainees: Trainee[]): Promise<HostStep> {
  return openHostStep({ runtime, model, trainees });
}

/** The script's sums of a trainee's gradients, for the parameters it names. */
export function projections({ layout, gradients }: Trainee, names: readonly string[]): number[] {
  return names.flatMap((name) => {
    const place = layout.places.get(name);
    if (!place) throw new Error(`There is no parameter ${name}.`);
    return [101, 102].map((seed) => {
      const random = randomWeights(seed)(name, place.shape).data as Float32Array;
      return random.reduce((sum, value, index) => sum + value * (gradients[place.offset + index] ?? 0), 0);
    });
  });
}

/** ‖got − expected‖ / ‖expected‖ */
export function distance(got: readonly number[], expected: readonly number[]): number {
  const difference = got.map((value, index) => value - (expected[index] ?? Number.NaN));
  return Math.hypot(...difference) / Math.hypot(...expected);
}
