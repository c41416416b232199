import type { Model, Tensor } from 'onnx-gradients/graph';
import type { Feeds, Runtime } from '../../runtime/runtime.js';
import type { AdamWOptions } from '../optimisers/adamw.js';
import type { Trainee } from './host-step.js';

/** One network that a step trains, and how. */
export interface Learner {
  readonly trainee: Trainee;
  readonly adam: Omit<AdamWOptions, 'learningRate'>;
  /** Longer gradients are shortened to this. */
  readonly longest: number;
  /** A running mean of the weights, kept beside them. */
  readonly average?: { readonly values: Float32Array; readonly decay: number };
  /** Parameters that others write to between steps; they stay in the process's memory. */
  readonly shared?: readonly string[];
}

/** How far one network goes in a step. */
export interface Pace {
  /** Steps of this network with this one, for the bias of the optimiser's means and of the running mean. */
  readonly count: number;
  readonly learningRate: number;
}

export interface Stepped {
  /** Everything that the graph gives beside gradients; overwritten by the next step. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** The length of each network's gradient. */
  readonly norms: readonly number[];
}

/** A step graph with its optimiser: forward, backward, and every weight moved. */
export interface Stepper {
  /** @param paces One for each network. */
  step(inputs: Feeds, paces: readonly Pace[]): Promise<Stepped>;
  /** Brings what was learnt into the trainees' arrays, where it lies elsewhere. */
  settle(): Promise<void>;
  release(): Promise<void>;
}

export interface StepperOptions {
  readonly runtime: Runtime;
  readonly model: Model;
  readonly learners: readonly Learner[];
}
