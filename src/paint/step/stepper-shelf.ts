import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { type OpenedStepper, openStepper, type StepperKey } from './open-stepper.js';

/** Shapes whose sessions stay open: a coarse and a full grid. */
const PLACES = 2;

/** Keeps the steppers of the shapes used last, so that an equal request starts at once. */
export interface StepperShelf {
  /** A stepper for this shape; it stays valid until `PLACES` other shapes were taken. */
  take(key: StepperKey): Promise<OpenedStepper>;
  release(): Promise<void>;
}

export function createStepperShelf(model: LoadedModel, runtime: Runtime): StepperShelf {
  /** From the one used longest ago to the newest. */
  const kept = new Map<string, OpenedStepper>();
  const put = async (name: string) => {
    await kept.get(name)?.stepper.release();
    kept.delete(name);
  };
  return {
    take: async (key) => {
      const name = JSON.stringify(key);
      const known = kept.get(name);
      if (known) {
        kept.delete(name);
        kept.set(name, known);
        return { ...known, cached: true };
      }
      // Room first: two shapes of a large model may not fit into memory at once.
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size >= PLACES) await put(oldest);
      const opened = await openStepper(model, runtime, key);
      kept.set(name, opened);
      return opened;
    },
    release: async () => {
      for (const name of [...kept.keys()]) await put(name);
    },
  };
}
