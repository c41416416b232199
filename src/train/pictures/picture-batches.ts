import { randomFromSeed } from '../../paint/random.js';
import { changeColours, randomColours } from './colours.js';
import type { PictureFolder } from './open-folder.js';
import { examplesOf, seedFor } from './split.js';
import { randomView, writeView } from './views.js';

export interface PictureBatchesOptions {
  readonly folder: PictureFolder;
  /** Indices of the pictures learnt from. */
  readonly training: readonly number[];
  readonly batch: number;
  readonly side: number;
  readonly seed: number;
  readonly flip: boolean;
  /** How far brightness, contrast and saturation are changed at random; 0 for not at all. */
  readonly colours: number;
}

/** Batches [batch, 3, side, side] in −1…1 by step; the next one is prepared while a step runs. */
export interface PictureBatches {
  of(step: number): Promise<Float32Array>;
}

export function createPictureBatches({
  folder,
  training,
  batch,
  side,
  seed,
  flip,
  colours,
}: PictureBatchesOptions): PictureBatches {
  const make = async (step: number) => {
    const random = randomFromSeed(seedFor(seed, step, 2));
    const into = new Float32Array(batch * 3 * side * side);
    const places = examplesOf(step, { count: training.length, batch, seed });
    const pictures = await Promise.all(places.map((place) => folder.picture(training[place] ?? 0)));
    for (const [index, picture] of pictures.entries()) {
      writeView(picture, randomView(picture, side, { random, flip }), { side, into, index });
      if (colours > 0) changeColours(into, { index, side }, randomColours(random, colours));
    }
    return into;
  };
  let ahead: { readonly step: number; readonly batch: Promise<Float32Array> } | undefined;
  return {
    of: async (step) => {
      const ready = ahead?.step === step ? ahead.batch : make(step);
      const current = await ready;
      const next = make(step + 1);
      next.catch(() => undefined); // it is reported when its turn comes
      ahead = { step: step + 1, batch: next };
      return current;
    },
  };
}
