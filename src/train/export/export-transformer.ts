import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import type { PriorReference } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import type { Layout } from '../parameters.js';
import { copyModel } from './copy-model.js';
import { manifestIn, paintedSize, writeManifest } from './model-folder.js';
import { writeWeights } from './write-weights.js';

export interface ExportTransformerOptions {
  /** The model whose codes it draws. */
  readonly from: LoadedModel;
  readonly out: string;
  readonly step: number;
  readonly config: CodeTransformerConfig;
  readonly sampling: Extract<PriorReference, { readonly sampling: unknown }>['sampling'];
  /** Side of the pictures it draws. */
  readonly side: number;
  readonly layout: Layout;
  readonly weights: Float32Array;
}

/** Writes the transformer beside the VQGAN whose codes it knows; into another folder, with a copy of that model. */
export async function exportTransformer(options: ExportTransformerOptions): Promise<void> {
  const { from, out, step, config, sampling, side, layout, weights } = options;
  makeFolder(out);
  const manifest = (await manifestIn(out)) ?? (await copyModel(from, out, { prior: false }));
  const file = `prior-${step}.safetensors`;
  const written = await writeWeights(out, file, { layout, weights });
  await writeManifest(out, {
    ...manifest,
    prior: { architecture: 'code-transformer', config: { ...config }, weights: file, sampling },
    defaults: { ...manifest.defaults, ...paintedSize(side), start: 'prior' },
    files: { ...manifest.files, ...written },
  });
}
