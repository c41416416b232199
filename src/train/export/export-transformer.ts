import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeSafetensors } from '../../checkpoints/safetensors/write-safetensors.js';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import type { Manifest, PriorReference } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import { filesInUse, type LoadedModel } from '../../zoo/load-model.js';
import { type Layout, viewsOf } from '../parameters.js';
import { listedFile, manifestIn, modelNameOf, paintedSize, writeManifest } from './model-folder.js';

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
  const manifest = (await manifestIn(out)) ?? (await copyModel(from, out));
  const file = `prior-${step}.safetensors`;
  const tensors = new Map(
    Object.entries(viewsOf(layout, weights)).map(([name, tensor]) => [
      name,
      { ...tensor, read: () => tensor },
    ]),
  );
  await writeSafetensors({ path: join(out, file), tensors });
  await writeManifest(out, {
    ...manifest,
    prior: { architecture: 'code-transformer', config: { ...config }, weights: file, sampling },
    defaults: { ...manifest.defaults, ...paintedSize(side), start: 'prior' },
    files: { ...manifest.files, ...(await listedFile(out, file, 'float32')) },
  });
}

/** A model without its prior in another folder, and its manifest there under that folder's name. */
async function copyModel({ folder, manifest: whole }: LoadedModel, out: string): Promise<Manifest> {
  const { prior: _, ...rest } = whole;
  const left = new Set(filesInUse(rest));
  const ofPrior = new Set(filesInUse(whole).filter((file) => !left.has(file)));
  const manifest = {
    ...rest,
    files: Object.fromEntries(Object.entries(whole.files).filter(([file]) => !ofPrior.has(file))),
  };
  for (const file of Object.keys(manifest.files)) {
    makeFolder(dirname(join(out, file)));
    await copyFile(join(folder, file), join(out, file));
  }
  const name = modelNameOf(out);
  const clips = manifest.clips.map((clip, index) => ({
    ...clip,
    name: clip.name ?? (index === 0 ? manifest.name : `${manifest.name}-${index}`),
  }));
  return { ...manifest, format: 2, name, title: name, clips };
}
