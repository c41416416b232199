import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readRegular } from '../read-regular.js';

/** One set of graphs in the cache: the files it consists of, with what they must hash to. */
const entrySchema = z.strictObject({
  version: z.literal(1),
  /** The memory that its graphs need, as their builder measured it. */
  need: z.strictObject({ weights: z.number().nonnegative(), values: z.number().nonnegative() }).optional(),
  files: z.array(
    z.strictObject({
      /** The graph's name; null for the weights. */
      graph: z.string().nullable(),
      file: z.string().regex(/^[\w.-]+$/),
      bytes: z.int().nonnegative(),
      sha256: z.string(),
    }),
  ),
});
export type CacheEntry = z.output<typeof entrySchema>;

/** The entry that a file describes, if it does; the files it names are not looked at. */
export async function parseEntry(path: string): Promise<CacheEntry | undefined> {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(String(await readRegular(path))));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Every entry of a folder. */
export async function listEntries(folder: string): Promise<readonly CacheEntry[]> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => parseEntry(join(folder, name))),
  );
  return entries.filter((entry) => entry !== undefined);
}
