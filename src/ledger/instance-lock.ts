import { join } from 'node:path';
import Database from 'libsql';
import { messageOf, UserError } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { makePrivateFile, PRIVATE_FOLDER } from '../private-files.js';

/**
 * Makes this process the only one that works on a data folder, until the returned function is called or the process
 * dies, however it dies: the lock is SQLite's own on an open file, and the system frees it with the process.
 *
 * @throws UserError when another process has it, or nothing can be written there.
 */
export function lockFolder(folder: string): () => void {
  const lock = openLock(folder);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new UserError(
      `Another Easel already works on the data folder ${folder}; stop it first, or give this one its own DATA_DIR.`,
      { cause },
    );
  }
  return () => lock.close();
}

function openLock(folder: string): Database.Database {
  try {
    makeFolder(folder, PRIVATE_FOLDER);
    const file = join(folder, 'easel.lock');
    makePrivateFile(file);
    return new Database(file);
  } catch (cause) {
    throw new UserError(
      `The data folder ${folder} cannot be used (${messageOf(cause)}); set DATA_DIR to one that can be written.`,
      { cause },
    );
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
