import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Windows knows no such flag, and no such pipes. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const notRegular = (path: string) => new Error(`${path} is no regular file`);

/**
 * Opens a regular file for reading. A pipe or a device, which may let nobody in or never come to an end, is refused instead of
 * waited for; the caller closes the handle.
 *
 * @throws the system's error, or one that says what the path is not.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, FLAGS);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notRegular(path);
}

/** The bytes of a regular file. @throws as `openRegular` does. */
export async function readRegular(path: string): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegular(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The same at once. @throws as `openRegular` does. */
export function readRegularSync(path: string): Buffer<ArrayBuffer> {
  const descriptor = openSync(path, FLAGS);
  try {
    if (!fstatSync(descriptor).isFile()) throw notRegular(path);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
