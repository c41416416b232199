import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Model } from '../graph.js';
import { ModelError } from '../model-error.js';
import { decodeBytes } from './decode-bytes.js';
import { openExternalData } from './external-data.js';

export interface DecodeOptions {
  /** What errors call the bytes. */
  readonly name: string;
  /** Where the model's external data lies; refused when absent. */
  readonly folder?: string;
}

/** protobuf's own bound; beyond it weights must be external. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

/**
 * A model from the bytes of an `.onnx` file, and the external data in its folder; see `decodeBytes`.
 *
 * @throws ModelError in one sentence that names the file.
 */
export function decodeModel(bytes: Uint8Array, { name, folder }: DecodeOptions): Model {
  if (folder === undefined) return decodeBytes(bytes, { name });
  const external = openExternalData(folder);
  try {
    return decodeBytes(bytes, { name, readExternal: external.read });
  } finally {
    external.close();
  }
}

/**
 * The files that the tensors of a model lie in, relative to its folder; nothing of them is read.
 *
 * @throws ModelError in one sentence when the bytes are no model.
 */
export function externalFilesOf(bytes: Uint8Array, name: string): readonly string[] {
  const files = new Set<string>();
  decodeBytes(bytes, {
    name,
    readExternal: ({ location, length }) => {
      files.add(location);
      // Untouched memory costs nothing.
      return new Uint8Array(length);
    },
  });
  return [...files];
}

/**
 * Reads an `.onnx` file and the external data beside it. Synchronous, because only painter processes and the
 * command line read models, and they have nothing else to do meanwhile.
 *
 * @throws ModelError in one sentence that names the file.
 */
export function readModel(path: string): Model {
  let bytes: Uint8Array;
  try {
    const status = statSync(path);
    // Reading a pipe or a device would wait without end.
    if (!status.isFile() && !status.isDirectory()) throw new Error('it is no file');
    if (status.size > MAX_FILE_BYTES) throw new Error('it is larger than 2 GiB');
    bytes = readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(`Cannot read ${path} because ${reason}.`, { cause });
  }
  return decodeModel(bytes, { name: path, folder: dirname(path) });
}
