import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { type CodesFile, codesFileSchema } from '../contracts/codes-file.js';
import type { Picture } from '../contracts/picture.js';
import { messageOf, UserError } from '../errors.js';
import { decodePicture } from '../images/decode-picture.js';
import { encodePicture } from '../images/encode-picture.js';
import { createCodec } from '../paint/latent/codec.js';
import { paintCodebook } from '../paint/latent/paint-codebook.js';
import { readRegularSync } from '../read-regular.js';
import { addModelOptions, gridFor, type ModelOptions, openModel } from './model-options.js';
import { assertWritable, formatFor, writeWhole } from './picture-file.js';
import { addRequestOptions } from './request-options.js';
import type { Shell } from './shell.js';

/** 256 × 256 cells of at most seven digits. */
const MAX_CODES_BYTES = 1024 * 1024;

interface EncodeOptions extends ModelOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly out?: string;
}

interface OutOptions extends ModelOptions {
  readonly out: string;
}

/** Adds `encode`, `decode` and `codebook`. */
export function addCodes(program: Command, shell: Shell): void {
  const encode = program
    .command('encode')
    .description('turn a picture into code indices (JSON)')
    .argument('<picture>', 'a PNG, JPEG, WebP or GIF');
  addRequestOptions(encode, ['size']).option(
    '--out <file>',
    'where the JSON goes; standard output when absent',
  );
  addModelOptions(encode).action((file: string, options: EncodeOptions) => encodeFile(file, options, shell));
  const decode = program
    .command('decode')
    .description('turn code indices back into a picture')
    .argument('<codes>', 'what `easel encode` wrote')
    .requiredOption('--out <file>', 'where the picture goes: .png, .webp or .jpg');
  addModelOptions(decode).action((file: string, options: OutOptions) => decodeFile(file, options, shell));
  const codebook = program
    .command('codebook')
    .description('paint every code of a model, in rows')
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg', 'codebook.png');
  addModelOptions(codebook).action((options: OutOptions) => writeCodebook(options, shell));
}

async function encodeFile(file: string, options: EncodeOptions, shell: Shell): Promise<void> {
  if (options.out !== undefined) assertWritable(options.out);
  const { model, runtime } = await openModel(options, shell);
  const grid = gridFor(model, options.size ?? model.manifest.defaults);
  const picture = await decodePicture(readInput(file, 20 * 1024 * 1024));
  const codec = await createCodec(model, runtime);
  const codes = await codec.encode(picture, grid);
  await codec.release();
  const { manifestHash } = model;
  const content: CodesFile = {
    version: 1,
    model: model.manifest.name,
    manifestHash,
    ...grid,
    codes: [...codes],
  };
  const text = `${JSON.stringify(content)}\n`;
  if (options.out === undefined) return shell.out(text);
  writeWhole(options.out, Buffer.from(text));
  shell.out(`${options.out}\n`);
}

async function decodeFile(file: string, options: OutOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  formatFor(options.out);
  const { manifestHash, rows, columns, codes } = parseCodes(file);
  if (manifestHash !== model.manifestHash) {
    throw new UserError(`The codes in \`${file}\` were made by another version of the model.`);
  }
  const limit = model.manifest.vqgan.codes;
  const wrong = codes.find((code) => code >= limit);
  if (wrong !== undefined) throw new UserError(`Expected codes below ${limit} in \`${file}\`, got ${wrong}.`);
  const codec = await createCodec(model, runtime);
  const picture = await codec.decode(Int32Array.from(codes), { rows, columns });
  await codec.release();
  await write(options.out, picture, shell);
}

async function writeCodebook(options: OutOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  formatFor(options.out);
  const codec = await createCodec(model, runtime);
  const picture = await paintCodebook(model, codec);
  await codec.release();
  await write(options.out, picture, shell);
}

async function write(file: string, picture: Picture, shell: Shell): Promise<void> {
  writeWhole(file, (await encodePicture(picture, { format: formatFor(file) })).bytes);
  shell.out(`${file}\n`);
}

function parseCodes(file: string): CodesFile {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(readInput(file, MAX_CODES_BYTES)).toString('utf8'));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`Expected JSON in \`${file}\`: ${messageOf(cause)}`, { cause });
  }
  const parsed = codesFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `Expected codes as \`easel encode\` writes them in \`${file}\`: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

function readInput(file: string, limitBytes: number): Uint8Array {
  try {
    if (statSync(file).size <= limitBytes) return readRegularSync(file);
  } catch (cause) {
    throw new UserError(`The file \`${file}\` cannot be read.`, { cause });
  }
  throw new UserError(`The file \`${file}\` is larger than allowed.`);
}
