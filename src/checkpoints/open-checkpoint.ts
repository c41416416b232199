import { messageOf, UserError } from '../errors.js';
import { type ByteSource, openFileSource } from './byte-source.js';
import type { Checkpoint } from './checkpoint.js';
import { readFlaxCheckpoint } from './flax/flax-checkpoint.js';
import { kindOfOtherFile } from './not-a-checkpoint.js';
import { quoted } from './quoted.js';
import { readSafetensors } from './safetensors/read-safetensors.js';
import { openShards } from './shards.js';
import { LEGACY_START, readLegacyCheckpoint } from './torch/legacy-checkpoint.js';
import { readZipCheckpoint, torchFolder } from './torch/zip-checkpoint.js';
import { unpackEntry } from './unpack-entry.js';
import { readZip, type ZipArchive, type ZipEntry } from './zip-archive.js';

const START_BYTES = 1024;
/** Checkpoints inside archives: one around `model.ckpt`, not archives of archives of archives. */
const MOST_NESTING = 2;

/**
 * Opens a file of weights, whatever its format and name: safetensors (one file, or the index of several), PyTorch's zip,
 * TorchScript and legacy formats, Flax's MessagePack, or an archive around one of them. Nothing in the file is run. Only
 * tables are read here, tensors when they are wanted.
 *
 * @throws UserError in one sentence that names what the file is instead, or how it is damaged.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  if (path.endsWith('.index.json')) return openShards(path, openCheckpoint);
  return openSource(openFileSource(path), 0);
}

async function openSource(source: ByteSource, nesting: number): Promise<Checkpoint> {
  try {
    return await readAny(source, nesting);
  } catch (error) {
    source.close();
    if (error instanceof UserError) {
      throw error.message.startsWith(source.name)
        ? error
        : new UserError(`${source.name} cannot be read: ${error.message}`, { cause: error });
    }
    throw new UserError(`${source.name} is damaged: ${messageOf(error)}`, { cause: error });
  }
}

async function readAny(source: ByteSource, nesting: number): Promise<Checkpoint> {
  const start = source.read(0, Math.min(START_BYTES, source.size));
  if (startsWith(start, [0x50, 0x4b])) return openArchive(await readZip(source), nesting);
  if (startsWith(start, LEGACY_START)) return readLegacyCheckpoint(source);
  // A header of JSON after eight bytes of length.
  if (start[8] === 0x7b && source.size > 8) return readSafetensors(source);
  const kind = kindOfOtherFile(start);
  if (kind !== undefined) throw new UserError(`${source.name} is no checkpoint but ${kind}.`);
  if (isMsgpackTable(start[0] ?? 0)) return readFlaxCheckpoint(source);
  if (start[0] === 0x80) throw new UserError(`${source.name} is a pickle, but not one that PyTorch saved.`);
  throw new UserError(
    `Expected a checkpoint of PyTorch, safetensors or Flax in ${source.name}, got something else, or its start is damaged.`,
  );
}

function openArchive(archive: ZipArchive, nesting: number): Promise<Checkpoint> | Checkpoint {
  const folder = torchFolder(archive);
  if (folder !== undefined) return readZipCheckpoint(archive, folder);
  const inner = [...archive.entries.values()].filter(({ name }) =>
    /\.(ckpt|pt|pth|bin|safetensors|msgpack)$/.test(name),
  );
  const [only] = inner;
  const { name } = archive.source;
  if (!only || inner.length > 1 || nesting >= MOST_NESTING)
    throw new UserError(noCheckpointIn(archive, inner));
  if (only.packedSize * MOST_RATIO < only.size) {
    throw new UserError(
      `${name}: ${quoted(only.name)} would unpack to ${only.size} bytes, more than weights ever do.`,
    );
  }
  return unpackEntry(archive, only).then((source) => openSource(source, nesting + 1));
}

/** Weights hardly shrink when they are packed. */
const MOST_RATIO = 20;

function noCheckpointIn({ source, entries }: ZipArchive, inner: readonly ZipEntry[]): string {
  if (inner.length > 1) {
    return `${source.name} is a zip with ${inner.length} checkpoints in it (${inner
      .slice(0, 3)
      .map(({ name }) => quoted(name))
      .join(', ')}); unpack it and name one.`;
  }
  const names = [...entries.keys()].slice(0, 3).map(quoted).join(', ') || 'nothing';
  return `${source.name} is a zip without a checkpoint in it: it holds ${names}.`;
}

/** Fixed or long map of MessagePack. */
function isMsgpackTable(code: number): boolean {
  return (code > 0x80 && code < 0x90) || code === 0xde || code === 0xdf;
}

function startsWith(bytes: Uint8Array, start: ArrayLike<number>): boolean {
  return Array.from(start).every((value, index) => bytes[index] === value);
}
