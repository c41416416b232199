import { createRequire } from 'node:module';
import { join } from 'node:path';
import { writeAtomically } from 'onnx-gradients/node';
import type { PainterSettings } from '../contracts/painter-messages.js';
import { fileState } from '../hash-file.js';
import { makeFolder } from '../make-folder.js';
import { packageVersion } from '../package-root.js';
import { PRIVATE_FOLDER } from '../private-files.js';
import { readRegular } from '../read-regular.js';
import type { LoadedModel } from '../zoo/load-model.js';
import { sha256 } from '../zoo/sha256.js';

/** The last trial that a model passed, so that it is not tried anew at every start. */
export interface PassedTrial {
  /** Whether nothing that mattered then has changed since. */
  isKnown(): Promise<boolean>;
  remember(): void;
}

/** The trial of a model as its files are now, with these settings, kept in the cache; never known where there is no cache. */
export async function passedTrial(settings: PainterSettings, model: LoadedModel): Promise<PassedTrial> {
  const { cacheDir } = settings;
  const mark = await markOf(settings, model);
  if (cacheDir === undefined || mark === undefined) return { isKnown: async () => false, remember: () => {} };
  const path = join(cacheDir, 'passed-trial');
  return {
    isKnown: async () => {
      const known = await readRegular(path).catch(() => undefined);
      return known?.toString('utf8') === mark;
    },
    remember: () => {
      makeFolder(cacheDir, PRIVATE_FOLDER);
      writeAtomically(path, [{ offset: 0, bytes: Buffer.from(mark) }]);
    },
  };
}

/** Everything a trial depends on; undefined where a file is missing or changed just now, or a device may have gone. */
async function markOf(settings: PainterSettings, model: LoadedModel): Promise<string | undefined> {
  if (!['auto', 'cpu'].includes(settings.provider)) return undefined;
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string }; // as npm has it
  const parts: unknown[] = [packageVersion(), version, settings.provider, model.manifestHash, model.folder];
  for (const file of Object.keys(model.manifest.files)) {
    const state = await fileState(join(model.folder, file));
    if (state === undefined) return undefined;
    parts.push([file, state]);
  }
  return sha256(JSON.stringify(parts));
}
