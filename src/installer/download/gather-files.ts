import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { hashFile } from '../../hash-file.js';
import { makeFolder } from '../../make-folder.js';
import { PRIVATE_FOLDER } from '../../private-files.js';
import { type FetchFileOptions, fetchFile } from './fetch-file.js';
import { pin, readPins } from './pins.js';
import type { PublishedFile } from './published-file.js';

export interface GatherOptions extends Pick<FetchFileOptions, 'network' | 'signal' | 'wait' | 'freeBytes'> {
  readonly files: readonly PublishedFile[];
  readonly dataDir: string;
  /** A folder with files that were fetched by hand; nothing is downloaded then. */
  readonly fromDir?: string | undefined;
  readonly onProgress?: (name: string, bytes: number, total: number | undefined) => void;
  readonly onTrouble?: (sentence: string) => void;
}

/** Files that are here, verified, and which of them were downloaded for this. */
export interface Gathered {
  pathOf(name: string): string;
  readonly downloaded: readonly string[];
}

/**
 * Brings published files together: from a folder, or by downloading those that are not among earlier downloads.
 *
 * @throws UserError when one is missing, is another file, or cannot be downloaded.
 */
export async function gatherFiles(options: GatherOptions): Promise<Gathered> {
  const { dataDir, fromDir, files } = options;
  const pins = await readPins(dataDir);
  const pinned = files.map((file) => ({
    ...file,
    bytes: file.bytes ?? pins[file.name]?.bytes,
    sha256: file.sha256 ?? pins[file.name]?.sha256,
  }));
  const paths = new Map<string, string>();
  const downloaded: string[] = [];
  if (fromDir !== undefined) await checkAllThere(pinned, fromDir);
  for (const file of pinned) {
    if (fromDir !== undefined) {
      paths.set(file.name, await findIn(fromDir, file));
      continue;
    }
    const path = await download(options, file);
    paths.set(file.name, path);
    downloaded.push(path);
  }
  return {
    downloaded,
    pathOf: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`${name} was not gathered.`);
      return path;
    },
  };
}

async function download({ dataDir, ...options }: GatherOptions, file: PublishedFile): Promise<string> {
  const folder = join(dataDir, 'downloads');
  makeFolder(folder, PRIVATE_FOLDER);
  const path = join(folder, file.name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && file.sha256 !== undefined && (await hashFile(path)).sha256 === file.sha256)
    return path;
  const { onProgress, ...rest } = options;
  const came = await fetchFile({
    ...rest,
    file,
    path,
    ...(onProgress && { onProgress: (bytes, total) => onProgress(file.name, bytes, total) }),
  });
  if (file.sha256 === undefined) await pin(dataDir, file.name, came);
  return path;
}

/** Names under which a file may lie in a folder: ours, and those of its addresses. */
export function namesOf({ name, urls }: PublishedFile): readonly string[] {
  const published = urls.flatMap((url) => {
    const { pathname, searchParams } = new URL(url);
    return [pathname, searchParams.get('p') ?? '', searchParams.get('path') ?? ''].map(
      (path) => path.split('/').at(-1) ?? '',
    );
  });
  return [...new Set([name, ...published.filter((each) => each.includes('.'))])];
}

async function checkAllThere(files: readonly PublishedFile[], folder: string): Promise<void> {
  const present = await readdir(folder).catch((cause) => {
    throw new UserError(`Expected a folder with the files in ${folder}.`, { cause });
  });
  const missing = files.filter((file) => !namesOf(file).some((name) => present.includes(name)));
  if (missing.length === 0) return;
  const list = missing.map(({ name, urls }) => `${name} (${urls[0]})`).join(', ');
  throw new UserError(`${folder} lacks ${list}.`);
}

async function findIn(folder: string, file: PublishedFile): Promise<string> {
  const wrong: string[] = [];
  for (const name of namesOf(file)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (file.bytes !== undefined && found.size !== file.bytes) {
      wrong.push(`${name} has ${found.size} bytes instead of ${file.bytes}`);
    } else if (file.sha256 !== undefined && (await hashFile(path)).sha256 !== file.sha256) {
      wrong.push(`${name} has another sha256 than ${file.sha256.slice(0, 12)}…`);
    } else {
      return path;
    }
  }
  throw new UserError(`${folder} has another file for ${file.name}: ${wrong.join(', ')}.`);
}
