import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Manifest, manifestSchema } from '../contracts/manifest.js';
import { messageOf, UserError } from '../errors.js';
import { packageRoot } from '../package-root.js';
import { sha256 } from './sha256.js';

/** A model whose manifest is read and whose files are read, and verified, when they are asked for. */
export interface LoadedModel {
  readonly manifest: Manifest;
  /** sha256 of manifest.json; since that holds every file's hash, it names the whole model. */
  readonly manifestHash: string;
  readonly folder: string;
  /**
   * The bytes of one of the manifest's files.
   *
   * @throws UserError when the file is missing or its size or sha256 is not the manifest's.
   */
  read(file: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Where a model lies: a folder of its own, or a name to be found among the embedded and the added ones. */
export type ModelPlace = { readonly folder: string } | { readonly name: string; readonly dataDir?: string };

/** The folders that hold models: the program's own and, when given, those added to the data folder. */
export function modelFolders(dataDir?: string): readonly string[] {
  const embedded = join(packageRoot(), 'models');
  return dataDir === undefined ? [embedded] : [join(dataDir, 'models'), embedded];
}

/**
 * Reads a model's manifest (format 1) and checks that it lists every file it uses.
 *
 * @throws UserError when there is no such model or its manifest is not one.
 */
export async function loadModel(place: ModelPlace): Promise<LoadedModel> {
  const folder = 'folder' in place ? resolve(place.folder) : await findFolder(place.name, place.dataDir);
  const path = join(folder, 'manifest.json');
  const bytes = await readFile(path).catch((cause) => {
    throw new UserError(`Expected a model in ${folder}, but its manifest.json cannot be read.`, { cause });
  });
  const manifest = parseManifest(bytes, path);
  return {
    manifest,
    manifestHash: sha256(bytes),
    folder,
    read: (file) => readVerified(folder, manifest, file),
  };
}

/** Every file that the manifest's parts name. */
export function filesInUse(manifest: Manifest): readonly string[] {
  const { vqgan, clips, prior } = manifest;
  const files = [
    vqgan.decoder.file,
    vqgan.encoder?.file,
    vqgan.codebook.file,
    ...clips.flatMap((clip) => [clip.image.file, clip.text.file, clip.tokenizer.file]),
    prior?.file,
    prior?.conditioning.file,
  ];
  return [...new Set(files.filter((file) => file !== undefined))];
}

function parseManifest(bytes: Uint8Array, path: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new UserError(`Expected JSON in ${path}: ${messageOf(cause)}`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the manifest';
    throw new UserError(
      `Expected a manifest of format 1 in ${path}: ${where}: ${issue?.message ?? 'unknown'}`,
    );
  }
  for (const file of filesInUse(parsed.data)) {
    if (!parsed.data.files[file])
      throw new UserError(`${path} uses ${file} but does not list it in \`files\`.`);
  }
  return parsed.data;
}

async function findFolder(name: string, dataDir: string | undefined): Promise<string> {
  if (/^[a-z0-9][a-z0-9._-]*$/i.test(name)) {
    for (const parent of modelFolders(dataDir)) {
      const folder = join(parent, name);
      const found = await stat(join(folder, 'manifest.json')).catch(() => undefined);
      if (found?.isFile()) return folder;
    }
  }
  throw new UserError(`Unknown model \`${name}\`; \`easel models\` lists those that are installed.`);
}

async function readVerified(
  folder: string,
  manifest: Manifest,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const expected = manifest.files[file];
  if (!expected) throw new Error(`The model ${manifest.name} lists no file ${file}.`);
  const bytes = await readFile(join(folder, file)).catch((cause) => {
    throw new UserError(`The model ${manifest.name} lacks its file ${file}.`, { cause });
  });
  if (bytes.length !== expected.bytes || sha256(bytes) !== expected.sha256) {
    throw new UserError(
      `The file ${file} of the model ${manifest.name} is damaged: its sha256 is not the manifest's.`,
    );
  }
  return bytes;
}
