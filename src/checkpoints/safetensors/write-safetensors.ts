import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { byteLength } from 'onnx-gradients/graph';
import type { StoredTensor } from '../checkpoint.js';
import { LENGTH_BYTES, TYPE_NAMES } from './header.js';

export interface WriteSafetensorsOptions {
  readonly path: string;
  /** By name; each is read when its turn comes and let go after it. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Texts for the header's `__metadata__`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Called after every tensor with the bytes written so far and in all. */
  readonly onProgress?: (bytes: number, total: number) => void;
}

/** What a manifest says of a file. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes tensors to a safetensors file, one after another, so that no more than one is in memory. The file appears under its
 * name when it is whole and on the disk. The same tensors give the same bytes: wide types come first (so that each starts
 * at a multiple of its size), names in code-unit order.
 *
 * @throws what a tensor's `read` or the file system throws; then nothing is left behind.
 */
export async function writeSafetensors(options: WriteSafetensorsOptions): Promise<WrittenFile> {
  const partial = `${options.path}.partial`;
  const file = await open(partial, 'w');
  try {
    const written = await writeTo(file, options);
    await file.sync();
    await file.close();
    await rename(partial, options.path);
    return written;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeTo(
  file: FileHandle,
  { tensors, metadata, onProgress }: WriteSafetensorsOptions,
): Promise<WrittenFile> {
  const ordered = [...tensors].sort(byWidthThenName);
  const table = tableOf(ordered, metadata);
  const total = ordered.reduce((sum, [, tensor]) => sum + byteLength(tensor), table.length);
  const hash = createHash('sha256');
  let bytes = 0;
  const put = async (chunk: Uint8Array) => {
    hash.update(chunk);
    await file.writeFile(chunk);
    bytes += chunk.length;
    onProgress?.(bytes, total);
  };
  await put(table);
  for (const [name, tensor] of ordered) {
    const { data } = tensor.read();
    if (data.byteLength !== byteLength(tensor)) throw new Error(`${name} has another size than it says.`);
    await put(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return { bytes, sha256: hash.digest('hex') };
}

type NamedTensor = readonly [name: string, tensor: StoredTensor];

function byWidthThenName([a, first]: NamedTensor, [b, second]: NamedTensor): number {
  return widthOf(second) - widthOf(first) || (a < b ? -1 : 1);
}

function widthOf({ elementType }: StoredTensor): number {
  return byteLength({ elementType, shape: [] });
}

/** The header with its length before it; spaces bring the data to a multiple of eight. */
function tableOf(tensors: readonly NamedTensor[], metadata: WriteSafetensorsOptions['metadata']): Uint8Array {
  const entries: Record<string, unknown> = Object.create(null);
  if (metadata) entries['__metadata__'] = metadata;
  let begin = 0;
  for (const [name, tensor] of tensors) {
    const end = begin + byteLength(tensor);
    entries[name] = {
      dtype: TYPE_NAMES[tensor.elementType],
      shape: tensor.shape,
      data_offsets: [begin, end],
    };
    begin = end;
  }
  const json = Buffer.from(JSON.stringify(entries));
  const padded = Math.ceil(json.length / 8) * 8;
  const table = new Uint8Array(LENGTH_BYTES + padded).fill(0x20);
  new DataView(table.buffer).setBigUint64(0, BigInt(padded), true);
  table.set(json, LENGTH_BYTES);
  return table;
}
