import { createHash } from 'node:crypto';
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Makes a file appear in a folder too, without copying it: a hard link. (ONNX Runtime reads external data only from the model's
 * own folder, and follows no symbolic link out of it.)
 *
 * @returns its name there; undefined where the file system has no such links, or is another one.
 */
export function linkInto(folder: string, path: string): string | undefined {
  const place = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const name = `linked-${place}-${basename(path).replace(/[^\w.-]/g, '_')}`;
  const target = join(folder, name);
  const temporary = `${target}.${process.pid}.${process.hrtime.bigint()}.tmp`;
  try {
    const source = statSync(path);
    const present = statSync(target, { throwIfNoEntry: false });
    if (present?.ino === source.ino && present.dev === source.dev) return name;
    linkSync(path, temporary);
    renameSync(temporary, target);
    return name;
  } catch {
    rmSync(temporary, { force: true });
    return undefined;
  }
}
