import { join } from 'node:path';
import type { Manifest } from '../contracts/manifest.js';
import type { FindUnknownWords } from '../contracts/unknown-words.js';
import { UserError } from '../errors.js';
import { fileState } from '../hash-file.js';
import { listModels } from './list-models.js';
import { folderOf, type LoadedModel, loadModel, type ModelPlace } from './load-model.js';
import { openUnknownWords } from './unknown-words.js';

/** The models of a data folder and the embedded ones, as they are at each question. */
export interface InstalledModels {
  /** Undefined where there is none of that name, or one that cannot be used. */
  find(name: string): Promise<Manifest | undefined>;
  /** Those that can be used, by name. */
  list(): Promise<readonly Manifest[]>;
  /** What a model says of words that it was not taught; nothing where it is gone. */
  unknownWords(name: string): Promise<FindUnknownWords>;
}

export function installedModels(dataDir: string): InstalledModels {
  /** Opened once a model, by its manifest's hash. */
  const dictionaries = new Map<string, Promise<FindUnknownWords>>();
  const loadOnce = keeping(loadModel);
  const load = async (name: string): Promise<LoadedModel | undefined> => {
    try {
      return await loadOnce({ name, dataDir });
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  };
  return {
    find: async (name) => (await load(name))?.manifest,
    list: async () => {
      const listed = await listModels(dataDir, loadOnce);
      return listed.flatMap((entry) => ('model' in entry ? entry.model.manifest : []));
    },
    unknownWords: async (name) => {
      const model = await load(name);
      if (!model) return () => [];
      const opened = dictionaries.get(model.manifestHash) ?? openUnknownWords(model);
      dictionaries.set(model.manifestHash, opened);
      opened.catch(() => dictionaries.delete(model.manifestHash));
      return opened;
    },
  };
}

/** Loads a folder's model again only when its manifest has changed: every command asks for one. */
function keeping(load: typeof loadModel): typeof loadModel {
  const known = new Map<string, { readonly state: string; readonly model: LoadedModel }>();
  return async (place: ModelPlace) => {
    const folder = await folderOf(place);
    const state = await fileState(join(folder, 'manifest.json'));
    const before = known.get(folder);
    if (before !== undefined && before.state === state) return before.model;
    const model = await load({ ...place, folder });
    if (state !== undefined) known.set(folder, { state, model });
    return model;
  };
}
