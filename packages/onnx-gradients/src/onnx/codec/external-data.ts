import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ExternalRegion, ReadExternal } from './decode-tensor.js';

/** A data file while a model is read. */
interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
  /** Bytes handed out so far, each region once. */
  read: number;
}

/**
 * Readers for the external data of one model. Regions are read one by one, straight into the memory that the
 * tensors will use; tensors that name the same region share it.
 */
export interface ExternalData {
  readonly read: ReadExternal;
  readonly close: () => void;
}

/** The real path of a data file, which must lie in the model's folder whatever links it goes through. */
function locate(folder: string, location: string): string {
  const outside = () => new Error(`refers to external data outside the model's folder, "${location}"`);
  const parts = location.split(/[/\\]/);
  if (location === '' || location.includes('\0') || isAbsolute(location) || parts.includes('..'))
    throw outside();
  let path: string;
  try {
    path = realpathSync(resolve(folder, location));
  } catch (cause) {
    throw new Error(`refers to external data "${location}", which is not there`, { cause });
  }
  const inside = relative(realpathSync(folder), path);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw outside();
  return path;
}

function open(path: string, location: string): OpenFile {
  // Opening a pipe would wait for whoever writes to it.
  if (!statSync(path).isFile()) throw new Error(`refers to external data "${location}", which is no file`);
  const descriptor = openSync(path, 'r');
  const status = fstatSync(descriptor);
  if (status.isFile()) return { descriptor, size: status.size, read: 0 };
  closeSync(descriptor);
  throw new Error(`refers to external data "${location}", which is no file`);
}

/** One read may not ask for 2 GiB and more. */
const MOST_AT_ONCE = 2 ** 30;

function readRegion(file: OpenFile, { location, offset, length }: ExternalRegion): Uint8Array {
  if (offset + length > file.size) {
    throw new Error(`needs bytes ${offset} to ${offset + length} of "${location}", which has ${file.size}`);
  }
  // Regions that overlap a few times over are a mistake; without this bound they could be a memory bomb.
  file.read += length;
  if (file.read > 2 * file.size) throw new Error(`overlaps other tensors in "${location}" too often`);
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const count = readSync(
      file.descriptor,
      bytes,
      filled,
      Math.min(length - filled, MOST_AT_ONCE),
      offset + filled,
    );
    if (count === 0) throw new Error(`needs more of "${location}" than could be read`);
    filled += count;
  }
  return bytes;
}

/** Opens the external data of a model in `folder`; files are opened when first needed. */
export function openExternalData(folder: string): ExternalData {
  const files = new Map<string, OpenFile>();
  const regions = new Map<string, Uint8Array>();
  return {
    read: (region) => {
      const path = locate(folder, region.location);
      const key = `${region.offset}:${region.length}:${path}`;
      const known = regions.get(key);
      if (known) return known;
      const file = files.get(path) ?? open(path, region.location);
      files.set(path, file);
      const bytes = readRegion(file, region);
      regions.set(key, bytes);
      return bytes;
    },
    close: () => {
      for (const { descriptor } of files.values()) closeSync(descriptor);
      files.clear();
    },
  };
}
