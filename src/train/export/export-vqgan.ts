import type { Manifest } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import type { TrainableCodec } from '../codec/trainable-codec.js';
import type { Layout } from '../parameters.js';
import { borrowClips } from './borrow-clips.js';
import { manifestIn, modelNameOf, paintedSize, writeManifest } from './model-folder.js';

export interface ExportVqganOptions {
  readonly out: string;
  readonly step: number;
  readonly codec: TrainableCodec;
  /** Side of the pictures it was trained on: what it paints when nobody says otherwise. */
  readonly side: number;
  readonly layout: Layout;
  readonly weights: Float32Array;
  /** The model whose CLIPs are taken where the folder has none of its own. */
  readonly clip: string;
  readonly dataDir: string;
}

/**
 * Writes the VQGAN into its model folder: the weights under their state-dict names, and a manifest that names the architecture.
 * Another VQGAN has other codes, so a transformer that was there is no longer named.
 */
export async function exportVqgan(options: ExportVqganOptions): Promise<void> {
  const { out, step, codec, side, layout, weights } = options;
  makeFolder(out);
  const { files: written, ...networks } = await codec.write(out, step, { layout, weights });
  const present = await manifestIn(out);
  const borrowed = present ?? { ...(await borrowClips(out, options.clip, options.dataDir)) };
  const manifest: Manifest = {
    ...(present ?? newManifest(modelNameOf(out), side)),
    clips: borrowed.clips,
    vqgan: { factor: codec.factor, codes: codec.codes, dim: codec.width, ...networks },
    files: { ...borrowed.files, ...written },
  };
  const { prior: _, ...rest } = manifest;
  await writeManifest(out, { ...rest, defaults: { ...rest.defaults, start: 'noise' } });
}

function newManifest(name: string, side: number): Omit<Manifest, 'vqgan' | 'clips' | 'files'> {
  return {
    format: 2,
    name,
    title: name,
    licence: 'That of the pictures it was trained on',
    source: 'Trained with Easel',
    defaults: { ...paintedSize(side), steps: 60, cutouts: 16, learningRate: 0.05, start: 'noise' },
    suggestions: [],
  };
}
