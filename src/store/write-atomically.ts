import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PRIVATE_FILE } from '../private-files.js';

/** What of `node:fs/promises` writing needs; tests pass disks that fail. */
export interface Disk {
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { readonly force: boolean }): Promise<void>;
}

/**
 * Writes a file so that it is there whole or not at all, also after power loss: a temporary file beside nothing else,
 * synced, renamed, and the folder synced. A failed write leaves nothing behind. The file is its owner's alone.
 */
export async function writeAtomically(
  disk: Disk,
  {
    path,
    temporary,
    bytes,
  }: { readonly path: string; readonly temporary: string; readonly bytes: Uint8Array },
): Promise<void> {
  try {
    await withFile(disk, { path: temporary, flags: 'wx' }, async (file) => {
      await file.writeFile(bytes);
      await file.sync();
    });
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.rm(temporary, { force: true });
    throw error;
  }
  await withFile(disk, { path: dirname(path), flags: 'r' }, (folder) => folder.sync());
}

async function withFile(
  disk: Disk,
  { path, flags }: { readonly path: string; readonly flags: string },
  use: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await disk.open(path, flags, PRIVATE_FILE);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
