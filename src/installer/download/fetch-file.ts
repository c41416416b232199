import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UserError } from '../../errors.js';
import { hashFile } from '../../hash-file.js';
import { fetchPart, Refusal } from './fetch-part.js';
import type { Network } from './open-network.js';
import type { PublishedFile } from './published-file.js';

export interface FetchFileOptions {
  readonly file: PublishedFile;
  /** Where it goes. What has come so far lies beside it, with `.part`. */
  readonly path: string;
  readonly network: Network;
  readonly signal: AbortSignal;
  /** Bytes so far and, when known, in all. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** What went wrong and is tried again or elsewhere. */
  readonly onTrouble?: (sentence: string) => void;
  /** Waits before another try; shorter in tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Free bytes where a path lies. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Tries in a row without a new byte before the next address is asked. */
const TRIES = 4;
const FIRST_WAIT_MS = 1000;
/** Left free on the disk. */
const SPARE_BYTES = 256e6;

/**
 * Downloads a file: goes on where it was interrupted, tries again where a server is busy or the line breaks, asks the next
 * address where one has something else, and gives the file its name only when its size and sha256 are right.
 *
 * @returns size and sha256, known before or not.
 * @throws UserError with what every address said; the signal's reason when it was stopped, and then what has come is kept.
 */
export async function fetchFile(
  options: FetchFileOptions,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { file, path, signal, onTrouble } = options;
  const part = `${path}.part`;
  // Without a hash nothing says that an older part is of the same file.
  if (file.sha256 === undefined) await rm(part, { force: true });
  await checkSpace(options, part);
  const failures: string[] = [];
  for (const url of file.urls) {
    try {
      await fetchWhole(options, url, part);
      const found = await verify(file, part);
      await rename(part, path);
      return found;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Refusal)) throw error;
      const sentence = `${hostOf(url)}: ${error.message}`;
      failures.push(sentence);
      onTrouble?.(sentence);
    }
  }
  throw new UserError(`${file.name} could not be downloaded. ${failures.join('; ')}.`);
}

/** One address, as often as it makes sense. */
async function fetchWhole(options: FetchFileOptions, url: string, part: string): Promise<void> {
  const { signal, onTrouble, wait = waitFor } = options;
  let validator: string | undefined;
  for (let tries = 1; ; tries += 1) {
    const before = await sizeOf(part);
    try {
      const handle = await open(part, 'a');
      try {
        await fetchPart({
          ...options,
          url,
          handle,
          have: before,
          validator,
          keepValidator: (value) => (validator = value),
        });
        await handle.sync();
        return;
      } finally {
        await handle.close();
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refusal && error.isFinal) throw error;
      if (isDiskFault(error))
        throw new UserError(`${options.file.name} cannot be written: ${messageOf(error)}`, { cause: error });
      if ((await sizeOf(part)) > before) tries = 0;
      if (tries >= TRIES) throw new Refusal(messageOf(error), { cause: error });
      const ms =
        error instanceof Refusal && error.waitMs !== undefined ? error.waitMs : FIRST_WAIT_MS * 2 ** tries;
      onTrouble?.(`${hostOf(url)}: ${messageOf(error)}; trying again`);
      await wait(ms, signal);
    }
  }
}

async function verify(
  file: PublishedFile,
  part: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const found = await hashFile(part);
  if (file.sha256 !== undefined && found.sha256 !== file.sha256) {
    await rm(part, { force: true });
    throw new Refusal(`it has another file of that name (sha256 ${found.sha256.slice(0, 12)}…)`, {
      isFinal: true,
    });
  }
  return found;
}

async function checkSpace({ file, path, freeBytes = freeAt }: FetchFileOptions, part: string): Promise<void> {
  if (file.bytes === undefined) return;
  const needed = file.bytes - (await sizeOf(part)) + SPARE_BYTES;
  const free = await freeBytes(dirname(path));
  if (free < needed) {
    throw new UserError(
      `${file.name} needs ${megabytes(needed)} MB of disk, and ${dirname(path)} has ${megabytes(free)} MB free.`,
    );
  }
}

async function freeAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function isDiskFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS' || code === 'EIO' || code === 'EACCES';
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
