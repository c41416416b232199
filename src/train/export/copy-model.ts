import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import { filesInUse, type LoadedModel } from '../../zoo/load-model.js';
import { modelNameOf } from './model-folder.js';

/** A model in another folder, with its prior or without, and its manifest there under that folder's name. */
export async function copyModel(
  { folder, manifest: whole }: LoadedModel,
  out: string,
  { prior: hasPrior }: { readonly prior: boolean },
): Promise<Manifest> {
  const { prior, ...others } = whole;
  const rest: Manifest = hasPrior && prior ? { ...others, prior } : others;
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
