import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { copyLedger } from '../ledger/copy-ledger.js';
import { makeFolder } from '../make-folder.js';
import { packageVersion } from '../package-root.js';
import { closeToOthers, PRIVATE_FILE, PRIVATE_FOLDER } from '../private-files.js';
import { type BackupNote, FILES, LEDGER, NOTE, sha256OfFile } from './backup-format.js';

export interface BackupOptions {
  readonly dataDir: string;
  /** A folder that is not there yet. */
  readonly to: string;
  readonly now: Date;
}

export interface Backup {
  readonly note: BackupNote;
  /** Pictures and states that were damaged already, by name; they are left out. */
  readonly damaged: readonly string[];
}

const NAME = /^[0-9a-f]{64}$/;

/**
 * Copies the ledger, and then every picture and state, into a new folder; the bot may be running. The ledger comes first:
 * what it names was on the disk before it, and what is let go meanwhile nobody misses. The folder appears whole or not
 * at all. Added models are not in it: they can be had again.
 *
 * @throws UserError when there is nothing to back up, or the folder is there already.
 */
export async function backUp({ dataDir, to, now }: BackupOptions): Promise<Backup> {
  const ledger = join(dataDir, LEDGER);
  if (!existsSync(ledger))
    throw new UserError(`There is no ledger in ${dataDir}; set DATA_DIR as for the bot.`);
  if (existsSync(to)) throw new UserError(`${to} exists already; name a folder that does not.`);
  makeFolder(dirname(to), PRIVATE_FOLDER);
  const partial = await mkdtemp(`${to}.partial-`);
  try {
    const copied = join(partial, LEDGER);
    copyLedger(ledger, copied);
    const { count, bytes, damaged } = await copyFiles(join(dataDir, FILES), join(partial, FILES));
    const note: BackupNote = {
      version: 1,
      easel: packageVersion(),
      at: now.toISOString(),
      ledger: { sha256: await sha256OfFile(copied), bytes: (await stat(copied)).size },
      files: { count, bytes },
    };
    await writeFile(join(partial, NOTE), `${JSON.stringify(note, null, 2)}\n`, { mode: PRIVATE_FILE });
    await rename(partial, to);
    return { note, damaged };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Copies what is named by its own sha256, and only what still has it. */
export async function copyFiles(from: string, to: string) {
  const damaged: string[] = [];
  let count = 0;
  let bytes = 0;
  await mkdir(to, { recursive: true, mode: PRIVATE_FOLDER });
  const paths = existsSync(from) ? await readdir(from, { recursive: true }) : [];
  for (const path of paths) {
    const name = basename(path);
    if (!NAME.test(name)) continue;
    const copy = join(to, name.slice(0, 2), name);
    await mkdir(dirname(copy), { recursive: true, mode: PRIVATE_FOLDER });
    try {
      await copyFile(join(from, path), copy);
      closeToOthers(copy);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue; // let go since it was listed
      throw error;
    }
    if ((await sha256OfFile(copy)) !== name) {
      damaged.push(name);
      await rm(copy);
      continue;
    }
    count += 1;
    bytes += (await stat(copy)).size;
  }
  return { count, bytes, damaged };
}
