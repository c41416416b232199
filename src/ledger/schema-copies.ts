import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyLedger } from './copy-ledger.js';

/** How many copies stay when a new one is made. */
const KEPT = 2;
/** `ledger-004-pictures.db`: the ledger as it was when that was the last change of its schema. */
const NAME = /^ledger-\d{3}-[a-z-]+\.db$/;

/**
 * Copies a ledger beside itself before its schema changes; of older copies only the newest stay.
 *
 * @param version the last change that the ledger has seen, such as `004-pictures`.
 * @throws UserError when it cannot be copied.
 */
export function copyBeforeChange(file: string, version: string): void {
  const copy = join(dirname(file), `ledger-${version}.db`);
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  copyLedger(file, partial);
  renameSync(partial, copy);
  for (const { path } of listCopies(file).slice(KEPT)) rmSync(path);
}

/** Lets copies go that were made before a moment (epoch ms): they hold what people have had deleted since. */
export function forgetCopies(file: string, madeBefore: number): void {
  for (const { path, madeAt } of listCopies(file)) if (madeAt < madeBefore) rmSync(path);
}

/** The newest first. */
function listCopies(file: string): { readonly path: string; readonly madeAt: number }[] {
  const folder = dirname(file);
  const copies = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const facts = lstatSync(path, { throwIfNoEntry: false });
      return facts?.isFile() ? [{ path, madeAt: facts.mtimeMs }] : [];
    });
  return copies.sort((a, b) => b.madeAt - a.madeAt);
}
