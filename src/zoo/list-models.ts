import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.js';
import { isModelName, type LoadedModel, loadModel, modelFolders } from './load-model.js';

/** Folders of `models/` whose networks judge or enlarge pictures instead of painting them. */
const NOT_PAINTING: ReadonlySet<string> = new Set(['safety', 'upscaling']);

/** An installed model, or a folder that should hold one and why it does not. */
export type ListedModel =
  | { readonly name: string; readonly folder: string; readonly model: LoadedModel }
  | { readonly name: string; readonly folder: string; readonly problem: string };

/** Every model in the embedded and the data folder, by name; an added one hides an embedded one of its name. */
export async function listModels(dataDir?: string, load = loadModel): Promise<readonly ListedModel[]> {
  const listed = new Map<string, ListedModel>();
  for (const parent of modelFolders(dataDir)) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || listed.has(entry.name) || NOT_PAINTING.has(entry.name)) continue;
      listed.set(entry.name, await tryLoading(load, { name: entry.name, folder: join(parent, entry.name) }));
    }
  }
  return [...listed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function tryLoading(
  load: typeof loadModel,
  { name, folder }: Pick<ListedModel, 'name' | 'folder'>,
): Promise<ListedModel> {
  if (!isModelName(name)) {
    const problem = `Expected the model's folder to be named by letters, digits, dots and dashes, got \`${name}\`.`;
    return { name, folder, problem };
  }
  try {
    return { name, folder, model: await load({ folder, name }) };
  } catch (error) {
    return { name, folder, problem: messageOf(error) };
  }
}
