import { chmodSync, closeSync, lstatSync, openSync, statSync } from 'node:fs';
import { platform } from 'node:os';

/** The mode of folders that hold what people asked for: their owner's alone. */
export const PRIVATE_FOLDER = 0o700;
/** The same for files. */
export const PRIVATE_FILE = 0o600;

const OTHERS = 0o077;

/** Makes an empty file that is its owner's alone, unless something is there already. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', PRIVATE_FILE));
}

/** Takes a file of ours away from everybody else; nothing happens where there is none, or a link in its place. */
export function closeToOthers(path: string): void {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts?.isFile() && (facts.mode & OTHERS) !== 0) chmodSync(path, PRIVATE_FILE);
}

/**
 * The mode of a file or folder that other users of this machine can get at, in octal; undefined where they cannot, where it is not
 * there, and on Windows, which keeps rights elsewhere.
 */
export function openToOthers(path: string): string | undefined {
  if (platform() === 'win32') return undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & OTHERS) === 0 ? undefined : (mode & 0o777).toString(8);
}
