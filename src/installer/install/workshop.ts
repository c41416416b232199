import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../make-folder.js';
import { PRIVATE_FOLDER } from '../../private-files.js';

/** Beside the models, so that one appears among them in one step, and never while it is half there. */
const workshopOf = (dataDir: string) => join(dataDir, 'installing');

/** What `openWorkbench` calls its folders: model, process, chance. */
const WORKBENCH = /^[a-z0-9][a-z0-9._-]*-(\d+)-[a-z0-9]{6}$/i;

/** An empty folder to put a model together in. */
export async function openWorkbench(dataDir: string, name: string): Promise<string> {
  makeFolder(workshopOf(dataDir), PRIVATE_FOLDER);
  return mkdtemp(join(workshopOf(dataDir), `${name}-${process.pid}-`));
}

/**
 * Removes what installations left behind that were killed; those of processes that live stay, and so does everything that
 * is not named as an installation's folder.
 *
 * @returns the names of the folders removed.
 */
export async function sweepWorkshop(dataDir: string): Promise<readonly string[]> {
  const entries = await readdir(workshopOf(dataDir), { withFileTypes: true }).catch(() => []);
  const left = entries.filter((entry) => {
    const [, pid] = WORKBENCH.exec(entry.name) ?? [];
    return entry.isDirectory() && pid !== undefined && !isAlive(Number(pid));
  });
  for (const { name } of left) await rm(join(workshopOf(dataDir), name), { recursive: true, force: true });
  return left.map(({ name }) => name);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
