import { join } from 'node:path';
import type { Picture } from '../contracts/picture.js';
import { packageRoot } from '../package-root.js';
import type { Runtime, Session } from '../runtime/runtime.js';
import { classifierInput } from './classifier-input.js';

const INPUT = 'input:0';
const OUTPUT = 'outputs';

/** Says how surely a picture shows adult content. */
export interface AdultClassifier {
  /**
   * From 0 (surely not) to 1 (surely). Its makers call below 0.2 likely safe and above 0.8 likely not; it was trained on
   * photographs, and drawings it judges less surely.
   */
  judge(picture: Picture): Promise<number>;
  release(): Promise<void>;
}

/**
 * The embedded open_nsfw network (a thin ResNet-50, Yahoo 2016), opened at the first picture and kept; always on the
 * processor, where it takes a tenth of a second on two cores.
 */
export function createAdultClassifier(runtime: Runtime): AdultClassifier {
  let opening: Promise<Session> | undefined;
  const open = () => {
    opening ??= runtime.open({
      model: join(packageRoot(), 'models', 'safety', 'open-nsfw.onnx'),
      onCpu: true,
    });
    return opening;
  };
  return {
    async judge(picture) {
      const session = await open();
      const { [OUTPUT]: probabilities } = await session.run({ [INPUT]: await classifierInput(picture) });
      const adult = probabilities?.data[1];
      if (adult === undefined) throw new Error('Expected two probabilities of the adult-content classifier.');
      return Number(adult);
    },
    async release() {
      const session = await opening;
      opening = undefined;
      await session?.release();
    },
  };
}
