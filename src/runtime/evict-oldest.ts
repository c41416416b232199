import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEntry } from './cache-entry.js';

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
 * names. The entry in `keep` stays, however large.
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
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, FileFacts>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const facts = await stat(path).catch(() => undefined);
    // What is linked here from a model takes no room of its own.
    if (facts) files.set(path, { size: facts.nlink > 1 ? 0 : facts.size, mtimeMs: facts.mtimeMs });
  }
  return files;
}

async function readEntries(present: ReadonlyMap<string, FileFacts>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [path, { mtimeMs }] of present) {
    const entry = path.endsWith('.json') ? await parseEntry(path) : undefined;
    if (entry) {
      const files = entry.files.map(({ file }) => join(path, '..', file));
      entries.push({ path, usedMs: mtimeMs, files });
    }
  }
  return entries;
}
