import { encodeModel, float32 } from 'onnx-gradients/graph';
import type { Picture } from '../../contracts/picture.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { CodecNetworks } from '../codec/trainable-codec.js';
import { reconstructGraph } from '../graphs/reconstruct.js';
import { NAMES } from '../graphs/vqgan-step.js';
import { codeUse, psnr, ssim } from '../metrics/likeness.js';
import { type Layout, viewsOf } from '../parameters.js';
import type { PictureFolder } from '../pictures/open-folder.js';
import type { Split } from '../pictures/split.js';
import { middleView, readView, writeView } from '../pictures/views.js';
import { pictureSheet } from '../report/sheet.js';
import type { Measured } from '../stage.js';

/** Pictures measured on where none could be kept aside. */
const FALLBACK = 8;
const SHOWN = 10;

export interface VqganMeasureOptions {
  readonly runtime: Runtime;
  readonly codec: CodecNetworks;
  readonly side: number;
  readonly folder: PictureFolder;
  readonly split: Split;
  readonly layout: Layout;
  /** Read anew at every measure. */
  readonly weights: Float32Array;
}

/** Reconstructs the middles of the held-out pictures: likeness, code use, and a sheet of originals over reconstructions. */
export async function openVqganMeasure(options: VqganMeasureOptions) {
  const { runtime, codec, side, folder, split, layout, weights } = options;
  const session = await runtime.open({ model: encodeModel(reconstructGraph(codec, 1, side)) });
  const chosen = split.heldOut.length > 0 ? split.heldOut : split.training.slice(0, FALLBACK);
  return {
    run: async (): Promise<Measured> => {
      const views = viewsOf(layout, weights);
      const pairs: { readonly original: Picture; readonly reconstruction: Picture }[] = [];
      const indices: number[] = [];
      for (const example of chosen) {
        const picture = await folder.picture(example);
        const into = new Float32Array(3 * side * side);
        writeView(picture, middleView(picture, side), { side, into, index: 0 });
        const results = await session.run({ ...views, [NAMES.picture]: float32([1, 3, side, side], into) });
        indices.push(...Array.from(results[NAMES.indices]?.data as BigInt64Array, Number)); // declared so
        const values = results.reconstruction?.data as Float32Array; // declared so
        pairs.push({ original: readView(into, 0, side), reconstruction: readView(values, 0, side) });
      }
      const meanOf = (measure: typeof psnr) =>
        pairs.reduce((sum, { original, reconstruction }) => sum + measure(original, reconstruction), 0) /
        pairs.length;
      const { used, perplexity } = codeUse(indices);
      const shown = pairs.slice(0, SHOWN);
      const sheet = await pictureSheet([
        shown.map(({ original }) => original),
        shown.map(({ reconstruction }) => reconstruction),
      ]);
      return { metrics: { psnr: meanOf(psnr), ssim: meanOf(ssim), codes: used, perplexity }, sheet };
    },
    release: () => session.release(),
  };
}
