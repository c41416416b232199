import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { checkLedger } from '../ledger/copy-ledger.js';
import { lockFolder } from '../ledger/instance-lock.js';
import { makeFolder } from '../make-folder.js';
import { closeToOthers, PRIVATE_FOLDER } from '../private-files.js';
import { readRegular } from '../read-regular.js';
import { copyFiles } from './back-up.js';
import { type BackupNote, backupNoteSchema, FILES, LEDGER, NOTE, sha256OfFile } from './backup-format.js';

export interface RestoreOptions {
  /** A folder that `backUp` wrote. */
  readonly from: string;
  readonly dataDir: string;
  /** Whether a ledger that is there may be put aside. */
  readonly replace: boolean;
  readonly now: Date;
}

export interface Restored {
  readonly note: BackupNote;
  /** Where the former ledger and pictures went; null when there were none. */
  readonly aside: string | null;
  /** Pictures of the backup that are damaged, by name; they are left out. */
  readonly damaged: readonly string[];
}

/** What a backup takes the place of: the ledger, what SQLite keeps beside it, and the pictures. */
const OURS = [LEDGER, `${LEDGER}-wal`, `${LEDGER}-shm`, FILES] as const;

/**
 * Puts a backup into a data folder on which no bot works. What was there is moved into a folder beside it, never deleted;
 * the ledger comes last, so that a bot started after a failure finds either the old one or the whole new one or none.
 *
 * @throws UserError when the backup is none or damaged, a bot works there, or a ledger is there and `replace` is not set.
 */
export async function restore({ from, dataDir, replace, now }: RestoreOptions): Promise<Restored> {
  const note = await readNote(from);
  const ledger = join(from, LEDGER);
  if ((await sha256OfFile(ledger).catch(() => '')) !== note.ledger.sha256) {
    throw new UserError(`The ledger in the backup ${from} is missing or damaged; use another backup.`);
  }
  checkLedger(ledger);
  makeFolder(dataDir, PRIVATE_FOLDER);
  const unlock = lockFolder(dataDir);
  try {
    const present = OURS.filter((name) => existsSync(join(dataDir, name)));
    if (present.length > 0 && !replace) {
      throw new UserError(
        `${dataDir} holds ${present.join(', ')} already; with --replace it is moved aside before the backup takes its place.`,
      );
    }
    const partial = await mkdtemp(join(dataDir, 'restoring-'));
    try {
      const { damaged } = await copyFiles(join(from, FILES), join(partial, FILES));
      await copyFile(ledger, join(partial, LEDGER));
      closeToOthers(join(partial, LEDGER));
      const aside = present.length > 0 ? await putAside(dataDir, present, now) : null;
      await rename(join(partial, FILES), join(dataDir, FILES));
      await rename(join(partial, LEDGER), join(dataDir, LEDGER));
      return { note, aside, damaged };
    } finally {
      await rm(partial, { recursive: true });
    }
  } finally {
    unlock();
  }
}

async function putAside(dataDir: string, names: readonly string[], now: Date): Promise<string> {
  const aside = join(dataDir, `before-restore-${now.toISOString().replace(/[:.]/g, '-')}`);
  await mkdir(aside, { mode: PRIVATE_FOLDER });
  for (const name of names) await rename(join(dataDir, name), join(aside, name));
  return aside;
}

async function readNote(from: string): Promise<BackupNote> {
  try {
    return backupNoteSchema.parse(JSON.parse(String(await readRegular(join(from, NOTE)))));
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.name === 'ZodError'
        ? 'its backup.json has another form'
        : messageOf(cause);
    throw new UserError(`${from} is not a backup of Easel (${reason}).`, { cause });
  }
}
