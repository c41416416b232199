import { adamW } from '../optimisers/adamw.js';
import { followAverage } from '../optimisers/average.js';
import { clipNorm } from '../optimisers/clip-norm.js';
import { openHostStep } from './host-step.js';
import type { Learner, Pace, Stepper, StepperOptions } from './stepper.js';

/** Gradients by the runtime, everything after them in place in the process's memory. */
export async function openHostStepper({ runtime, model, learners }: StepperOptions): Promise<Stepper> {
  const step = await openHostStep({ runtime, model, trainees: learners.map(({ trainee }) => trainee) });
  const hasGradient = new Set(model.graph.outputs.map(({ name }) => name));
  return {
    step: async (inputs, paces) => {
      const outputs = await step.run(inputs);
      const norms = learners.map((learner, index) => learn(learner, paces[index], hasGradient));
      return { outputs, norms };
    },
    settle: async () => undefined,
    release: () => step.release(),
  };
}

function learn(
  { trainee, adam, longest, average, shared = [] }: Learner,
  pace: Pace | undefined,
  hasGradient: ReadonlySet<string>,
): number {
  if (!pace) throw new Error('Every network needs its pace.');
  const { layout, weights, gradients } = trainee;
  const norm = clipNorm(gradients, longest);
  // What no gradient goes to would still be drawn to nothing by the optimiser's decay.
  const kept = shared
    .filter((name) => !hasGradient.has(`gradient/${name}`))
    .flatMap((name) => layout.places.get(name) ?? [])
    .map(({ offset, length }) => ({ offset, values: weights.slice(offset, offset + length) }));
  adamW(trainee, pace.count, { ...adam, learningRate: pace.learningRate });
  for (const { offset, values } of kept) weights.set(values, offset);
  if (average) followAverage(average.values, weights, pace.count, average.decay);
  return norm;
}
