import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { WarmShelf } from '../sessions/warm-shelf.js';
import { type OpenedStepper, openStepper, type StepperKey } from './open-stepper.js';
import { type Precision, precisionFor } from './precision.js';
import type { Stepper } from './stepper.js';

/** Shapes whose sessions stay open: a coarse and a full grid. */
const PLACES = 2;

/** Keeps the steppers of the shapes used last. */
export interface StepperShelf {
  /** A stepper for this shape; it stays valid until `PLACES` other shapes were taken. */
  take(key: StepperKey): Promise<OpenedStepper>;
  release(): Promise<void>;
}

export function createStepperShelf(model: LoadedModel, runtime: Runtime): StepperShelf {
  const shelf = new WarmShelf<Stepper>(PLACES);
  let precision: Promise<Precision | undefined> | undefined;
  return {
    take: async (key) => {
      const name = JSON.stringify(key);
      const known = shelf.find(name);
      if (known) return { stepper: known, cached: true };
      let cached = false;
      const stepper = await shelf.add(name, async () => {
        precision ??= precisionFor(model, runtime);
        const opened = await openStepper(model, runtime, { ...key, precision: await precision });
        cached = opened.cached;
        return opened.stepper;
      });
      return { stepper, cached };
    },
    release: () => shelf.release(),
  };
}
