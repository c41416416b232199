import { join } from 'node:path';
import { writeSafetensors } from '../../checkpoints/safetensors/write-safetensors.js';
import type { Manifest } from '../../contracts/manifest.js';
import { type Layout, viewsOf } from '../parameters.js';
import { listedFile } from './model-folder.js';

export interface WrittenWeights {
  readonly layout: Layout;
  readonly weights: Float32Array;
}

/** Writes parameters (all of them, or those named) under their state-dict names into a file of a model's folder; returns what its manifest says of that. */
export async function writeWeights(
  folder: string,
  file: string,
  { layout, weights }: WrittenWeights,
  names: readonly string[] = [...layout.places.keys()],
): Promise<Manifest['files']> {
  const tensors = new Map(
    Object.entries(viewsOf(layout, weights))
      .filter(([name]) => names.includes(name))
      .map(([name, tensor]) => [name, { ...tensor, read: () => tensor }]),
  );
  await writeSafetensors({ path: join(folder, file), tensors });
  return listedFile(folder, file, 'float32');
}
