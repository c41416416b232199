import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import { readRegularSync } from '../read-regular.js';
import type { Checkpoint, StoredTensor } from './checkpoint.js';
import { quoted } from './quoted.js';

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const MOST_INDEX_BYTES = 64 * 2 ** 20;

/**
 * Opens weights that are spread over several files by their index (`model.safetensors.index.json`,
 * `pytorch_model.bin.index.json`); the files lie beside it.
 *
 * @throws UserError when the index is none, names files elsewhere, or a file lacks what it should hold.
 */
export async function openShards(
  path: string,
  open: (path: string) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  const places = readIndex(path);
  const shards = new Map<string, Checkpoint>();
  const close = () => {
    for (const shard of shards.values()) shard.close();
  };
  try {
    for (const file of new Set(Object.values(places))) {
      if (basename(file) !== file || file === '..' || file.endsWith('.index.json')) {
        throw new UserError(`${path} names a file that is not beside it: ${quoted(file)}.`);
      }
      shards.set(file, await open(join(dirname(path), file)));
    }
    const tensors = new Map<string, StoredTensor>();
    const unreadable = new Map<string, string>();
    for (const [name, file] of Object.entries(places)) {
      const shard = shards.get(file);
      const tensor = shard?.tensors.get(name);
      const reason = shard?.unreadable.get(name);
      if (tensor) tensors.set(name, tensor);
      else if (reason !== undefined) unreadable.set(name, reason);
      else throw new UserError(`${path} says that ${quoted(name)} is in ${file}, but it is not.`);
    }
    const [first] = shards.values();
    return { format: `${first?.format ?? 'nothing'} in ${shards.size} files`, tensors, unreadable, close };
  } catch (error) {
    close();
    throw error;
  }
}

function readIndex(path: string): Readonly<Record<string, string>> {
  try {
    const { size } = statSync(path);
    if (size > MOST_INDEX_BYTES) throw new Error(`it has ${size} bytes`);
    return indexSchema.parse(JSON.parse(String(readRegularSync(path)))).weight_map;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? 'it has no `weight_map`' : messageOf(cause);
    throw new UserError(`Expected an index of weights in ${path}: ${why}.`, { cause });
  }
}
