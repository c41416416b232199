import {
  elementCount,
  encodeModel,
  type Model,
  type Tensor,
  TYPED_ARRAYS,
  tensor,
} from 'onnx-gradients/graph';
import type { Feeds, Runtime } from '../../runtime/runtime.js';
import { type Layout, viewsOf } from '../parameters.js';

/** Weights of one network with the arrays beside them; each is one flat array, cut into parameters by the layout. */
export interface Trainee {
  readonly layout: Layout;
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export function createTrainee(layout: Layout): Trainee {
  const array = () => new Float32Array(layout.size);
  return { layout, weights: array(), gradients: array(), first: array(), second: array() };
}

/** A step graph whose weights and gradients live in the process's memory, on the processor and elsewhere. */
export interface HostStep {
  /** Runs the graph: gradients land in the trainees' arrays, every other output is returned (and overwritten by the next run). */
  run(inputs: Feeds): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

export interface HostStepOptions {
  readonly runtime: Runtime;
  readonly model: Model;
  readonly trainees: readonly Trainee[];
}

/**
 * Opens a step graph. Nothing is copied: every parameter fed is a view of the flat array, and every gradient is
 * written by the runtime where the optimiser reads it.
 */
export async function openHostStep({ runtime, model, trainees }: HostStepOptions): Promise<HostStep> {
  const session = await runtime.open({ model: encodeModel(model) });
  const together = (views: (trainee: Trainee) => Feeds): Feeds =>
    Object.fromEntries(trainees.flatMap((trainee) => Object.entries(views(trainee))));
  const weights = together((trainee) => viewsOf(trainee.layout, trainee.weights));
  const gradients = together((trainee) => viewsOf(trainee.layout, trainee.gradients, 'gradient/'));
  const outputs: Record<string, Tensor> = {};
  const others: Record<string, Tensor> = {};
  for (const { name, elementType = 'float32', shape = [] } of model.graph.outputs) {
    const fixed = shape.map(Number);
    const given = gradients[name];
    if (given) outputs[name] = given;
    else
      outputs[name] = others[name] = tensor(
        elementType,
        fixed,
        new TYPED_ARRAYS[elementType](elementCount(fixed)),
      );
  }
  const needed = new Set(session.inputNames);
  const fed = Object.fromEntries(Object.entries(weights).filter(([name]) => needed.has(name)));
  return {
    run: async (inputs) => {
      await session.runInto({ ...fed, ...inputs }, outputs);
      return others;
    },
    release: () => session.release(),
  };
}

/** The one number of a scalar output. */
export function numberOf(value: Tensor | undefined): number {
  return Number(value?.data[0] ?? Number.NaN);
}
