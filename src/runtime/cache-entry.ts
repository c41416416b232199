import { createHmac, timingSafeEqual } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readRegular } from '../read-regular.js';

/** What the cache writes, and so all that it ever deletes: graphs, weights, links to a model's files, entries, unfinished ones. */
export const CACHE_FILE =
  /^([0-9a-f]{32}-[\w.-]+\.onnx|weights-[0-9a-f]{24}\.bin|linked-[0-9a-f]{12}-[\w.-]+|[0-9a-f]{32}\.json)(\.\d+\.\d+\.tmp)?$/;

/** One set of graphs in the cache: the files it consists of, with what they must hash to. */
const entrySchema = z.strictObject({
  version: z.literal(2),
  /** The memory that its graphs need, as their builder measured it. */
  need: z.strictObject({ weights: z.number().nonnegative(), values: z.number().nonnegative() }).optional(),
  files: z.array(
    z.strictObject({
      /** The graph's name; null for the weights. */
      graph: z.string().nullable(),
      file: z.string().regex(CACHE_FILE),
      bytes: z.int().nonnegative(),
      sha256: z.string(),
      /** Its state when that was found right; see `fileState` in hash-file.ts. */
      state: z.string().optional(),
    }),
  ),
});
const sealedSchema = entrySchema.extend({ seal: z.string().regex(/^[0-9a-f]{64}$/) });
export type CacheEntry = z.output<typeof entrySchema>;

/**
 * An entry as it is written: sealed with a secret that lies elsewhere (HMAC-SHA256), so that who can write the cache, but not the
 * data folder, cannot have graphs of their own executed; and for its name, so that none stands in for another.
 */
export function sealEntry(entry: CacheEntry, path: string, secret: Uint8Array): string {
  return JSON.stringify({ ...entry, seal: sealOf(entry, path, secret).toString('hex') });
}

/** The entry that a file describes, if it does and is sealed; the files it names are not looked at. */
export async function parseEntry(path: string, secret: Uint8Array): Promise<CacheEntry | undefined> {
  const sealed = await readEntryFile(path);
  if (sealed === undefined) return undefined;
  const { seal, ...entry } = sealed;
  return timingSafeEqual(sealOf(entry, path, secret), Buffer.from(seal, 'hex')) ? entry : undefined;
}

/** The names of the files that an entry, whoever sealed it, consists of; none where it is no entry. */
export async function filesOfEntry(path: string): Promise<readonly string[]> {
  return (await readEntryFile(path))?.files.map(({ file }) => file) ?? [];
}

/** Every sealed entry of a folder. */
export async function listEntries(folder: string, secret: Uint8Array): Promise<readonly CacheEntry[]> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => parseEntry(join(folder, name), secret)),
  );
  return entries.filter((entry) => entry !== undefined);
}

async function readEntryFile(path: string) {
  try {
    return sealedSchema.safeParse(JSON.parse(String(await readRegular(path)))).data;
  } catch {
    return undefined;
  }
}

function sealOf(entry: CacheEntry, path: string, secret: Uint8Array): Buffer {
  const { version, need, files } = entry;
  const said = [
    basename(path),
    version,
    need && [need.weights, need.values],
    files.map(({ graph, file, bytes, sha256, state }) => [graph, file, bytes, sha256, state]),
  ];
  return createHmac('sha256', secret).update(JSON.stringify(said)).digest();
}
