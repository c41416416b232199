import type { ClipReference } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import type { ClipConfig } from '../graphs/clip-step.js';
import type { Layout } from '../parameters.js';
import { copyModel } from './copy-model.js';
import { manifestIn, writeManifest } from './model-folder.js';
import { writeWeights } from './write-weights.js';

export interface ExportClipOptions {
  /** The model that it is to guide. */
  readonly from: LoadedModel;
  readonly out: string;
  readonly step: number;
  readonly config: ClipConfig;
  readonly tokenizer: ClipReference['tokenizer'];
  readonly layout: Layout;
  readonly weights: Float32Array;
}

/** What requests call it. */
const NAME = 'own';

/**
 * Writes the towers beside the model that they guide; into another folder, with a copy of that model. It guides together with
 * the CLIPs that are there.
 */
export async function exportClip(options: ExportClipOptions): Promise<void> {
  const { from, out, step, config, tokenizer, layout, weights } = options;
  makeFolder(out);
  const manifest = (await manifestIn(out)) ?? (await copyModel(from, out, { prior: true }));
  const file = `clip-${step}.safetensors`;
  const written = await writeWeights(out, file, { layout, weights });
  const { size } = config.image;
  const own: ClipReference = {
    name: NAME,
    image: {
      ...{ architecture: 'clip-vit', config: { ...config.image }, weights: file, size },
      ...{ mean: [0, 0, 0], std: [1, 1, 1], range: [-1, 1] },
    },
    text: {
      ...{ architecture: 'siglip', config: { ...config.text }, weights: file },
      context: config.text.context,
    },
    ...{ tokenizer, weight: 1, byDefault: true },
  };
  await writeManifest(out, {
    ...manifest,
    clips: [...manifest.clips.filter(({ name }) => name !== NAME), own],
    files: { ...manifest.files, ...written },
  });
}
