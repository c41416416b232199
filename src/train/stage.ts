import type { Settings, State } from './checkpoint.js';

/** What a step did. */
export interface StepResult {
  readonly losses: Readonly<Record<string, number>>;
  readonly rate: number;
  readonly norm: number;
}

export interface Measured {
  readonly metrics: Readonly<Record<string, number>>;
  /** A PNG to look at. */
  readonly sheet?: Uint8Array;
}

/** One of the things that can be trained, ready to go: the trainer knows how often to ask what. */
export interface Stage {
  readonly pictures: number;
  readonly heldOut: number;
  readonly parameters: number;
  /** Examples a step. */
  readonly batch: number;
  readonly settings: Settings;
  readonly state: State;
  /** Learns from the batch of a step counted from 1; nothing but the step number decides which. */
  step(step: number): Promise<StepResult>;
  /** Brings what was learnt into `state`, where a device has it; asked before measuring, exporting and saving. */
  settle(): Promise<void>;
  /** Measures on what is held out, with the weights that an export would have. */
  measure(step: number): Promise<Measured>;
  /** Writes what painting needs into the model's folder. */
  export(step: number): Promise<void>;
  release(): Promise<void>;
}

/** A stage with how many steps it takes in all. */
export interface OpenedStage {
  readonly stage: Stage;
  readonly steps: number;
}
