import type { Runtime } from '../../runtime/runtime.js';
import type { Stepper, StepperOptions } from '../steppers/stepper.js';

/** What a stage is opened with beside its request. */
export interface StageContext {
  readonly runtime: Runtime;
  /** Told of every file that is not learnt from, with the reason for people. */
  readonly onSkipped: (file: string, reason: string) => void;
  /** What opens the steps of a VQGAN instead of the runtime: another program, to compare with. */
  readonly openStepper?: (options: StepperOptions) => Promise<Stepper>;
}
