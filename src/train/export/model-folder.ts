import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Manifest } from '../../contracts/manifest.js';
import { manifestSchema } from '../../contracts/manifest-schema.js';
import { UserError } from '../../errors.js';
import { hashFile } from '../../hash-file.js';
import { SIDE } from '../../requests/options.js';
import { filesInUse, isModelName, loadModel } from '../../zoo/load-model.js';

/** Files that a run writes anew at every save, with the step in their names: `vqgan-400.safetensors`. */
const OF_A_STEP = /^(vqgan|vqgan-decoder|vqgan-encoder|prior|prior-plan|clip)-\d+\.(safetensors|onnx)$/;

/** The manifest of a model folder; undefined where none is there yet. @throws UserError when there is one that cannot be read. */
export async function manifestIn(folder: string): Promise<Manifest | undefined> {
  const found = await stat(join(folder, 'manifest.json')).catch(() => undefined);
  return found ? (await loadModel({ folder })).manifest : undefined;
}

/** A folder's last part as the name of a model. @throws UserError when it cannot be one. */
export function modelNameOf(folder: string): string {
  const name = basename(folder);
  if (isModelName(name)) return name;
  throw new UserError(
    `Expected the model's folder to be named by letters, digits, dots and dashes, got \`${name}\`.`,
  );
}

/**
 * Writes a manifest over the one that is there, whole or not at all. Files of earlier steps that nothing names any more are
 * taken away after it, so that at every moment the folder holds a model that can be painted with.
 */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const used = new Set(filesInUse(manifest));
  const isStale = (file: string) => OF_A_STEP.test(file) && !used.has(file);
  const files = Object.fromEntries(Object.entries(manifest.files).filter(([file]) => !isStale(file)));
  const whole = manifestSchema.parse({ ...manifest, files });
  const path = join(folder, 'manifest.json');
  await writeFile(`${path}.partial`, `${JSON.stringify(whole, undefined, 2)}\n`, { flush: true });
  await rename(`${path}.partial`, path);
  for (const file of await readdir(folder)) if (isStale(file)) await rm(join(folder, file));
}

/** What the manifest says of a file that lies in the folder. */
export async function listedFile(folder: string, file: string, dtype: string): Promise<Manifest['files']> {
  return { [file]: { ...(await hashFile(join(folder, file))), dtype } };
}

/** What a model trained on pictures of this side paints when nobody says otherwise: that, or the smallest picture there is. */
export function paintedSize(side: number): Pick<Manifest['defaults'], 'width' | 'height'> {
  const painted = Math.max(SIDE.min, side);
  return { width: painted, height: painted };
}
