import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE_FILE, filesOfEntry } from './cache-entry.js';

/** Graphs of one model lie in a folder named by the start of its manifest's hash. */
const GROUP = /^[0-9a-f]{32}$/;

/** Files that a writer left behind when it was killed; younger ones may still be written. */
const ABANDONED_MS = 60 * 60 * 1000;

interface Entry {
  readonly path: string;
  readonly usedMs: number;
  /** Absolute paths of its files, the weights that it shares with others included. */
  readonly files: readonly string[];
}

/**
 * Deletes the entries used longest ago until the folder holds at most `limitBytes`, then every file that no entry
 * names. The entry in `keep` stays, however large. Only files that the cache itself writes, by name and place, are looked at, and no
 * link is followed: what else lies there is somebody else's.
 */
export async function evictOldest(
  root: string,
  { limitBytes, keep, nowMs = Date.now() }: { limitBytes: number; keep: string; nowMs?: number },
): Promise<void> {
  const present = await listFiles(root);
  const entries = await readEntries(present);
  entries.sort((a, b) => Number(b.path === keep) - Number(a.path === keep) || b.usedMs - a.usedMs);
  const kept = new Set<string>();
  let bytes = 0;
  for (const { path, files } of entries) {
    const fresh = [path, ...files].filter((file) => !kept.has(file));
    const size = fresh.reduce((sum, file) => sum + (present.get(file)?.size ?? 0), 0);
    if (path !== keep && bytes + size > limitBytes) continue;
    bytes += size;
    for (const file of fresh) kept.add(file);
  }
  const named = new Set(entries.flatMap(({ path, files }) => [path, ...files]));
  for (const [file, { mtimeMs }] of present) {
    // Graphs and weights appear before the entry that names them: young strangers are left to their writer.
    const isStranger = !named.has(file) && !file.endsWith('.json');
    if (kept.has(file) || (isStranger && nowMs - mtimeMs < ABANDONED_MS)) continue;
    await rm(file, { force: true });
  }
}

interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
}

async function listFiles(root: string): Promise<ReadonlyMap<string, FileFacts>> {
  const files = new Map<string, FileFacts>();
  const top = await lstat(root).catch(() => undefined);
  // A link leads to somebody else's.
  if (!top?.isDirectory()) return files;
  for (const group of await readdir(root, { withFileTypes: true })) {
    if (!group.isDirectory() || !GROUP.test(group.name)) continue;
    for (const entry of await readdir(join(root, group.name), { withFileTypes: true })) {
      if (!entry.isFile() || !CACHE_FILE.test(entry.name)) continue;
      const path = join(root, group.name, entry.name);
      const facts = await lstat(path).catch(() => undefined);
      // What is linked here from a model takes no room of its own.
      if (facts) files.set(path, { size: facts.nlink > 1 ? 0 : facts.size, mtimeMs: facts.mtimeMs });
    }
  }
  return files;
}

async function readEntries(present: ReadonlyMap<string, FileFacts>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [path, { mtimeMs }] of present) {
    const files = path.endsWith('.json') ? await filesOfEntry(path) : [];
    if (files.length > 0)
      entries.push({ path, usedMs: mtimeMs, files: files.map((file) => join(dirname(path), file)) });
  }
  return entries;
}
