import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one at a time. Node's own recursive mkdir never returns where a folder exists but takes
 * no children and says that they cannot be found, as in /proc.
 *
 * @param mode what new folders may be used for and by whom, less the umask; those that are there keep theirs.
 * @throws the system's error, naming the folder that cannot be made.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!isFolder(folder)) throw error; // somebody else has made it just now
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
