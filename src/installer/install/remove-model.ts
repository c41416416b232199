import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { loadModel } from '../../zoo/load-model.js';

/**
 * Removes an added model: the files that its manifest lists and the manifest, and the folder when nothing else lies in it.
 *
 * @returns the bytes that became free, and what was left because Easel did not make it.
 * @throws UserError when there is no added model of that name.
 */
export async function removeModel(
  name: string,
  dataDir: string,
): Promise<{ readonly bytes: number; readonly left: readonly string[] }> {
  const model = await loadModel({ name, dataDir });
  const folder = join(dataDir, 'models', name);
  if (model.folder !== folder)
    throw new UserError(`The model \`${name}\` belongs to Easel itself and cannot be removed.`);
  const { files } = model.manifest;
  for (const file of Object.keys(files)) await rm(join(folder, file), { force: true });
  await rm(join(folder, 'manifest.json'));
  const left = await readdir(folder);
  if (left.length === 0) await rmdir(folder);
  return { bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0), left };
}
