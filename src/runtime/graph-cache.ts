import { createHash } from 'node:crypto';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeModel, type Model } from 'onnx-gradients/graph';
import { type WrittenWeights, writeAtomically, writeModels } from 'onnx-gradients/node';
import { fileState, type KnownContents } from '../hash-file.js';
import { makeFolder } from '../make-folder.js';
import { PRIVATE_FOLDER } from '../private-files.js';
import { type CacheEntry, listEntries, parseEntry, sealEntry } from './cache-entry.js';
import { evictOldest } from './evict-oldest.js';
import type { MemoryNeed } from './memory-need.js';
import type { SessionSource } from './runtime.js';

/** Changes whenever the graphs we build for the same model and shape change. */
const GRAPHS_VERSION = 3;
/** What all cached graphs together may take. */
export const CACHE_LIMIT_BYTES = 8 * 1024 ** 3;
/** Smaller constants stay in the graph's own file, so that those of one shape do not split the shared weights. */
const WEIGHT_BYTES = 256 * 1024;

export interface GraphsWanted<Name extends string> {
  /** The cache folder; graphs stay in memory when absent. */
  readonly cacheDir: string | undefined;
  /** Seals what is kept; see `cacheSecret`. */
  readonly secret: Uint8Array;
  /** What files are known to hold: the model's, which are linked here, among them. */
  readonly contents: KnownContents;
  readonly limitBytes?: number;
  /** Graphs of one model share a folder and, where equal, their weights: the manifest's hash. */
  readonly group: string;
  /** Everything else the graphs depend on: shapes, ONNX Runtime's version, provider. */
  readonly key: readonly (string | number)[];
  readonly names: readonly Name[];
  /** Builds the graphs when they are not cached. */
  readonly build: () => Promise<Readonly<Record<Name, Model>>>;
  /** The memory that the graphs need; kept with them. */
  readonly measure?: (models: Readonly<Record<Name, Model>>) => MemoryNeed;
}

export interface GraphsFound<Name extends string> {
  readonly sources: Readonly<Record<Name, SessionSource>>;
  readonly cached: boolean;
  /** What `measure` found when they were built. */
  readonly need: MemoryNeed | undefined;
  /** Removes them from the cache, for when they do not open. */
  readonly discard: () => Promise<void>;
}

/**
 * The graphs of a key, from the cache or built and put there. An entry is used only if it is sealed and every file of it has the size
 * and sha256 it was written with, which is looked at again when a file has changed since; a damaged one is built again. When the folder cannot be written, the graphs are
 * used from memory.
 */
export async function findGraphs<Name extends string>(
  wanted: GraphsWanted<Name>,
): Promise<GraphsFound<Name>> {
  const { cacheDir, group, names, build, measure, secret, contents, limitBytes = CACHE_LIMIT_BYTES } = wanted;
  if (cacheDir === undefined) {
    const models = await build();
    return inMemory(models, measure?.(models));
  }
  const folder = join(cacheDir, 'graphs', group.slice(0, 32));
  const key = createHash('sha256')
    .update(JSON.stringify([GRAPHS_VERSION, group, ...wanted.key]))
    .digest('hex')
    .slice(0, 32);
  const entryPath = join(folder, `${key}.json`);
  const found = await readEntry({ folder, entryPath, names, secret, contents });
  const discard = () => rm(entryPath, { force: true });
  if (found) return { sources: sourcesOf(folder, found, names), cached: true, need: found.need, discard };
  const models = await build();
  const need = measure?.(models);
  try {
    const entry = await writeEntry({ folder, entryPath, key, models, need, secret, contents });
    await evictOldest(join(cacheDir, 'graphs'), { limitBytes, keep: entryPath });
    return { sources: sourcesOf(folder, entry, names), cached: false, need, discard };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return inMemory(models, need);
    throw error;
  }
}

interface Reading {
  readonly folder: string;
  readonly entryPath: string;
  readonly names: readonly string[];
  readonly secret: Uint8Array;
  readonly contents: KnownContents;
}

async function readEntry(reading: Reading): Promise<CacheEntry | undefined> {
  const { folder, entryPath, names, secret, contents } = reading;
  const entry = await parseEntry(entryPath, secret);
  if (!entry || !names.every((name) => entry.files.some(({ graph }) => graph === name))) return undefined;
  const files: CacheEntry['files'] = [];
  for (const known of entry.files) {
    const path = join(folder, known.file);
    const state = await fileState(path);
    const { bytes, sha256 } = known;
    if (state !== undefined && state === known.state) await contents.learn(path, { bytes, sha256 });
    const content = await contents.of(path).catch(() => undefined);
    if (content?.bytes !== bytes || content.sha256 !== sha256) {
      // A damaged file must not be taken for a good one of the same name when the graphs are written again.
      await rm(path, { force: true });
      return undefined;
    }
    files.push({ ...known, state });
  }
  if (files.some(({ state }, index) => state !== entry.files[index]?.state))
    note({ ...entry, files }, reading);
  const now = new Date();
  await utimes(entryPath, now, now).catch(() => undefined);
  return entry;
}

interface Writing {
  readonly folder: string;
  readonly entryPath: string;
  readonly key: string;
  readonly models: Readonly<Record<string, Model>>;
  readonly need: MemoryNeed | undefined;
  readonly secret: Uint8Array;
  readonly contents: KnownContents;
}

async function writeEntry(writing: Writing): Promise<CacheEntry> {
  const { folder, key, models, need, contents } = writing;
  makeFolder(folder, PRIVATE_FOLDER);
  const fileOf = (name: string) => `${key}-${name}.onnx`;
  const renamed = Object.fromEntries(Object.entries(models).map(([name, model]) => [fileOf(name), model]));
  const { weights, links } = await writeTrusted(renamed, writing);
  const named = [
    ...Object.keys(models).map((graph) => ({ graph, file: fileOf(graph) })),
    ...[weights].filter((file) => file !== '').map((file) => ({ graph: null, file })),
  ];
  const files: CacheEntry['files'] = [];
  for (const { graph, file } of named)
    files.push({ graph, file, ...(await contents.of(join(folder, file))) });
  for (const file of links) files.push({ graph: null, file, ...(await contents.ofLink(join(folder, file))) });
  const entry: CacheEntry = { version: 2, ...(need !== undefined && { need }), files };
  writeSealed(entry, writing);
  return entry;
}

/** Writes what was seen of the files, so that the next process need not hash them; where it cannot, that one does. */
function note(entry: CacheEntry, reading: Reading): void {
  try {
    writeSealed(entry, reading);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function writeSealed(entry: CacheEntry, { entryPath, secret }: Pick<Writing, 'entryPath' | 'secret'>): void {
  writeAtomically(entryPath, [{ offset: 0, bytes: Buffer.from(sealEntry(entry, entryPath, secret)) }]);
}

/**
 * Writes the graphs. Their weights may be there already under the same name; they are believed only if another entry
 * vouches for their hash, else written anew.
 */
async function writeTrusted(
  models: Readonly<Record<string, Model>>,
  { folder, secret, contents }: Writing,
): Promise<WrittenWeights> {
  const write = () => writeModels(folder, models, { thresholdBytes: WEIGHT_BYTES, linksOrigins: true });
  const startMs = Date.now();
  const written = write();
  const { weights } = written;
  if (weights === '') return written;
  const path = join(folder, weights);
  // Clocks of file systems are coarse: a file that seems a little older may be ours, and is written once more.
  if ((await stat(path)).mtimeMs >= startMs) return written;
  const { sha256: content } = await contents.of(path);
  const entries = await listEntries(folder, secret);
  const vouched = entries.some(({ files }) =>
    files.some(({ file, sha256 }) => file === weights && sha256 === content),
  );
  if (vouched) return written;
  await rm(path, { force: true });
  return write();
}

function sourcesOf<Name extends string>(
  folder: string,
  { files }: CacheEntry,
  names: readonly Name[],
): Readonly<Record<Name, SessionSource>> {
  const entries = names.map((name) => {
    const file = files.find(({ graph }) => graph === name)?.file;
    if (file === undefined) throw new Error(`The cache entry has no graph ${name}.`);
    return [name, { model: join(folder, file) }] as const;
  });
  return Object.fromEntries(entries) as Record<Name, SessionSource>; // total: made from the names
}

function inMemory<Name extends string>(
  models: Readonly<Record<Name, Model>>,
  need: MemoryNeed | undefined,
): GraphsFound<Name> {
  const entries = Object.entries<Model>(models).map(([name, model]) => [name, { model: encodeModel(model) }]);
  const sources = Object.fromEntries(entries) as Record<Name, SessionSource>; // total: made from the models
  return { sources, cached: false, need, discard: async () => undefined };
}
