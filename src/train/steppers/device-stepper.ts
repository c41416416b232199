import { encodeModel, float32, type Tensor } from 'onnx-gradients/graph';
import {
  CARRIED,
  type Carried,
  carriedSize,
  type LearningNetwork,
  learningStep,
  NEXT,
  NORM,
  nameOf,
  PACE,
} from '../graphs/learning-step.js';
import { adamW } from '../optimisers/adamw.js';
import { averageKept, followAverage } from '../optimisers/average.js';
import { type Place, viewsOf } from '../parameters.js';
import { numberOf, type Trainee } from './host-step.js';
import type { Learner, Pace, Stepper, StepperOptions } from './stepper.js';

/**
 * The whole step on the device: weights, moments and running means are outputs of one run and inputs of the next, without
 * leaving its memory; only pictures and shared parameters go there, and losses, norms and what the codebook needs come back.
 */
export async function openDeviceStepper({ runtime, model, learners }: StepperOptions): Promise<Stepper> {
  const networks = learners.map(networkOf);
  const names = networks.flatMap((network, index) =>
    CARRIED.filter((name) => name !== 'average' || network.hasAverage).map((name) => nameOf(index, name)),
  );
  const carried = Object.fromEntries(names.map((name) => [name, NEXT + name]));
  const session = await runtime.openCarrying(encodeModel(learningStep(model, networks)), carried);
  let isThere = false;
  const given = () =>
    Object.fromEntries(
      learners.flatMap((learner, index) =>
        arraysOf(learner).map(([name, values]) => [nameOf(index, name), gathered(learner, values)]),
      ),
    );
  return {
    step: async (inputs, paces) => {
      if (!isThere) session.carry(given());
      isThere = true;
      const fed: Record<string, Tensor> = { ...inputs };
      for (const [index, learner] of learners.entries()) {
        Object.assign(fed, paceFeeds(learner, paces[index], index), sharedFeeds(learner));
      }
      const outputs = await session.run(fed);
      const norms = learners.map((_, index) => numberOf(outputs[nameOf(index, NORM)]));
      for (const [index, learner] of learners.entries()) {
        learnShared(learner, { outputs, norm: norms[index] ?? 0, pace: paces[index] });
      }
      return { outputs, norms };
    },
    settle: async () => {
      if (!isThere) return;
      const values = await session.carried();
      for (const [index, learner] of learners.entries()) {
        for (const [name, into] of arraysOf(learner)) {
          scatter(learner, values[nameOf(index, name)]?.data as Float32Array, into); // carried values are float32
        }
      }
    },
    release: () => session.release(),
  };
}

function networkOf({ trainee, adam, longest, average, shared = [] }: Learner): LearningNetwork {
  const { layout } = trainee;
  return { ...adam, layout, longest, shared: new Set(shared), hasAverage: average !== undefined };
}

function arraysOf({ trainee, average }: Learner): readonly (readonly [Carried, Float32Array])[] {
  const { weights, first, second } = trainee;
  const arrays = [
    ['weights', weights],
    ['first', first],
    ['second', second],
  ] as const;
  return average ? [...arrays, ['average', average.values]] : arrays;
}

/** The places of a network that are carried, with where each lies there. */
function carriedPlaces({ trainee, shared = [] }: Learner) {
  let at = 0;
  return [...trainee.layout.places].flatMap(([name, { offset, length }]) => {
    if (shared.includes(name)) return [];
    const place = { offset, length, at };
    at += length;
    return [place];
  });
}

function gathered(learner: Learner, values: Float32Array): Tensor {
  const { layout } = learner.trainee;
  const size = carriedSize({ layout, shared: new Set(learner.shared) });
  const flat = new Float32Array(size);
  for (const { offset, length, at } of carriedPlaces(learner)) {
    flat.set(values.subarray(offset, offset + length), at);
  }
  return float32([size], flat);
}

function scatter(learner: Learner, flat: Float32Array, into: Float32Array): void {
  for (const { offset, length, at } of carriedPlaces(learner))
    into.set(flat.subarray(at, at + length), offset);
}

function paceFeeds({ adam, average }: Learner, pace: Pace | undefined, index: number) {
  if (!pace) throw new Error('Every network needs its pace.');
  const { count, learningRate } = pace;
  const values = {
    [PACE.kept]: 1 - learningRate * adam.decay,
    [PACE.rate]: learningRate / (1 - adam.beta1 ** count),
    [PACE.scale]: 1 / Math.sqrt(1 - adam.beta2 ** count),
    ...(average && { [PACE.taken]: 1 - averageKept(count, average.decay) }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [nameOf(index, name), float32([], [value])]),
  );
}

function sharedFeeds({ trainee, shared = [] }: Learner): Readonly<Record<string, Tensor>> {
  const views = viewsOf(trainee.layout, trainee.weights);
  return Object.fromEntries(shared.flatMap((name) => (views[name] ? [[name, views[name]]] : [])));
}

interface SharedStep {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly norm: number;
  readonly pace: Pace | undefined;
}

/** Moves shared parameters that have a gradient, in the process's memory, and their running means. */
function learnShared(
  { trainee, adam, longest, average, shared = [] }: Learner,
  { outputs, norm, pace }: SharedStep,
): void {
  for (const name of shared) {
    const gradient = outputs[`gradient/${name}`];
    const place = trainee.layout.places.get(name);
    if (!place || !pace) continue;
    const part = partOf(trainee, place);
    if (gradient) {
      const factor = Math.min(1, longest / norm);
      part.gradients.set((gradient.data as Float32Array).map((value) => value * factor)); // a gradient is float32
      adamW(part, pace.count, { ...adam, learningRate: pace.learningRate });
    }
    if (average) followAverage(cutFrom(average.values, place), part.weights, pace.count, average.decay);
  }
}

const cutFrom = (values: Float32Array, { offset, length }: Place) => values.subarray(offset, offset + length);

function partOf({ weights, gradients, first, second }: Trainee, place: Place) {
  return {
    ...{ weights: cutFrom(weights, place), gradients: cutFrom(gradients, place) },
    ...{ first: cutFrom(first, place), second: cutFrom(second, place) },
  };
}
