import Database from 'libsql';
import { messageOf, UserError } from '../errors.js';
import { makePrivateFile } from '../private-files.js';

/**
 * Writes the ledger as it stands at one moment into a new file, its owner's alone, also while a bot works on it: SQLite's `VACUUM INTO`
 * reads in one transaction and makes nobody wait.
 *
 * @throws UserError when `file` is no ledger or cannot be read, or `to` cannot be written.
 */
export function copyLedger(file: string, to: string): void {
  try {
    const database = new Database(file, { fileMustExist: true });
    try {
      database.pragma('busy_timeout = 5000');
      // An empty file is taken for none, and keeps its mode.
      makePrivateFile(to);
      database.prepare('VACUUM INTO ?').run(to);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new UserError(`The ledger ${file} could not be copied to ${to}: ${messageOf(cause)}.`, { cause });
  }
}

/**
 * Whether a file is a whole ledger: SQLite's own check of every page, and the table of jobs is there.
 *
 * @throws UserError when it is not, saying what is wrong.
 */
export function checkLedger(file: string): void {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const [row] = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
      if (row?.integrity_check !== 'ok') throw new Error(row?.integrity_check ?? 'it could not be checked');
      database.prepare('SELECT count(*) FROM jobs').get();
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new UserError(`${file} is not a whole ledger: ${messageOf(cause)}.`, { cause });
  }
}
