import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Manifest } from '../contracts/manifest.js';
import { manifestSchema } from '../contracts/manifest-schema.js';
import { messageOf, UserError } from '../errors.js';
import { KnownContents } from '../hash-file.js';
import { packageRoot } from '../package-root.js';
import { readRegular } from '../read-regular.js';
import { sha256 } from './sha256.js';
import { tellIssue } from './tell-issue.js';

/** A model whose manifest is read and whose files are read, and verified, when they are asked for. */
export interface LoadedModel {
  /** As its file has it, but for the name by which it was found: a folder that was renamed or copied is a model of its new name. */
  readonly manifest: Manifest;
  /** sha256 of manifest.json; since that holds every file's hash, it names the whole model. */
  readonly manifestHash: string;
  readonly folder: string;
  /** What its files were found to hold. */
  readonly contents: KnownContents;
  /** Where weights in safetensors files stay unread, and are zeros: enough to plan with. */
  readonly isHollow?: true;
  /**
   * The bytes of one of the manifest's files, up to 2 GiB.
   *
   * @throws UserError when the file is missing or its size or sha256 is not the manifest's.
   */
  read(file: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The path of one of the manifest's files, of any size, whose content was found right; that is looked at once, and again only
   * when the file has changed.
   *
   * @throws UserError when the file is missing or its size or sha256 is not the manifest's.
   */
  verified(file: string): Promise<string>;
}

/** Where a model lies: a folder, with the name it is known by if it has one, or a name to be found among the embedded and the added ones. */
export type ModelPlace =
  | { readonly folder: string; readonly name?: string }
  | { readonly name: string; readonly dataDir?: string };

/** The folders that hold models: the program's own and, when given, those added to the data folder. */
export function modelFolders(dataDir?: string): readonly string[] {
  const embedded = join(packageRoot(), 'models');
  return dataDir === undefined ? [embedded] : [join(dataDir, 'models'), embedded];
}

/**
 * Reads a model's manifest and checks that it lists every file it uses.
 *
 * @throws UserError when there is no such model or its manifest is not one.
 */
export async function loadModel(place: ModelPlace): Promise<LoadedModel> {
  const folder = await folderOf(place);
  const path = join(folder, 'manifest.json');
  const bytes = await readRegular(path).catch((cause) => {
    throw new UserError(`Expected a model in ${folder}, but its manifest.json cannot be read.`, { cause });
  });
  const written = parseManifest(bytes, path);
  const manifest = { ...written, name: place.name ?? written.name };
  const contents = new KnownContents();
  const files = createFiles(folder, manifest, contents);
  return { manifest, manifestHash: sha256(bytes), folder, contents, ...files };
}

/** Every file that the manifest's parts name; ONNX files may name others, which `verifyOnnx` finds. */
export function filesInUse(manifest: Manifest): readonly string[] {
  const { vqgan, clips, prior } = manifest;
  const towers = clips.flatMap(({ image, text }) => [image, text]);
  const networks = [vqgan.decoder, vqgan.encoder, vqgan.codebook, ...towers];
  const files = [
    ...networks.map((network) => network && ('file' in network ? network.file : network.weights)),
    ...clips.map(({ tokenizer }) => tokenizer.file),
    ...(prior === undefined ? [] : 'file' in prior ? [prior.file, prior.conditioning.file] : [prior.weights]),
    manifest.words?.file,
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
    throw new UserError(`Expected a manifest of format 1 or 2 in ${path}: ${tellIssue(parsed.error)}`);
  }
  for (const file of filesInUse(parsed.data)) {
    if (!parsed.data.files[file])
      throw new UserError(`${path} uses ${file} but does not list it in \`files\`.`);
  }
  return parsed.data;
}

/** Whether a folder of this name can hold a model that is found by name. */
export function isModelName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/i.test(text);
}

/** @throws UserError when none of the folders that hold models has one of that name. */
export async function folderOf(place: ModelPlace): Promise<string> {
  return 'folder' in place ? resolve(place.folder) : findFolder(place.name, place.dataDir);
}

async function findFolder(name: string, dataDir: string | undefined): Promise<string> {
  if (isModelName(name)) {
    for (const parent of modelFolders(dataDir)) {
      const folder = join(parent, name);
      const found = await stat(join(folder, 'manifest.json')).catch(() => undefined);
      if (found?.isFile()) return folder;
    }
  }
  throw new UserError(`Unknown model \`${name}\`; \`easel models\` lists those that are installed.`);
}

/** Reading and verifying the files of a folder. */
function createFiles(
  folder: string,
  manifest: Manifest,
  contents: KnownContents,
): Pick<LoadedModel, 'read' | 'verified'> {
  const expectedOf = (file: string) => {
    const expected = Object.hasOwn(manifest.files, file) ? manifest.files[file] : undefined;
    if (!expected) {
      throw new UserError(`The model ${manifest.name} uses ${file}, which its manifest does not list.`);
    }
    return expected;
  };
  const lacks = (file: string) => (cause: unknown) => {
    throw new UserError(`The model ${manifest.name} lacks its file ${file}.`, { cause });
  };
  const damaged = (file: string, what: string) =>
    new UserError(
      `The file ${file} of the model ${manifest.name} is damaged: its ${what} is not the manifest's.`,
    );
  const verified = async (file: string) => {
    const expected = expectedOf(file);
    const path = join(folder, file);
    const { size } = await stat(path).catch(lacks(file));
    if (size !== expected.bytes) throw damaged(file, 'size');
    const { sha256: found } = await contents.of(path).catch(lacks(file));
    if (found !== expected.sha256) throw damaged(file, 'sha256');
    return path;
  };
  const read = async (file: string) => {
    const expected = expectedOf(file);
    if (expected.bytes > MOST_READ_BYTES) {
      throw new UserError(`The file ${file} of the model ${manifest.name} is larger than 2 GiB.`);
    }
    const bytes = await readRegular(join(folder, file)).catch(lacks(file));
    if (bytes.length !== expected.bytes) throw damaged(file, 'size');
    if (sha256(bytes) !== expected.sha256) throw damaged(file, 'sha256');
    return bytes;
  };
  return { read, verified };
}

/** What Node reads into one buffer, and protobuf's own bound. */
const MOST_READ_BYTES = 2 ** 31 - 1;
