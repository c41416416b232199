import { accessSync, constants, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { writeAtomically } from 'onnx-gradients/node';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { EncodedPicture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { encodePicture } from '../images/encode-picture.js';
import type { RequestDescription } from '../requests/describe-request.js';
import type { Enlarged } from '../upscaling/enlarge-as-asked.js';

const FORMATS: Readonly<Record<string, EncodedPicture['format']>> = {
  '.png': 'png',
  '.webp': 'webp',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
};

/**
 * The format for a picture's file, which can be written: said before the work is done.
 *
 * @throws UserError when the name ends otherwise, or it cannot be written.
 */
export function formatFor(file: string): EncodedPicture['format'] {
  const format = FORMATS[extname(file).toLowerCase()];
  if (!format) {
    throw new UserError(`Expected \`--out\` to end in ${Object.keys(FORMATS).join(', ')}, got \`${file}\`.`);
  }
  assertWritable(file);
  return format;
}

/** @throws UserError when a file could not be written under this name. */
export function assertWritable(file: string): void {
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`Expected \`--out\` in a folder that exists, got \`${file}\`.`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`Expected \`--out\` to be a file, got the folder \`${file}\`.`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new UserError(`Expected \`--out\` in a folder that can be written to, got \`${file}\`.`, { cause });
  }
}

/** `a-red-apple-42.png` */
export function defaultFile({ prompts, seed }: Pick<PaintRequest, 'prompts' | 'seed'>): string {
  const words = prompts[0]?.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['picture'];
  return `${words.join('-').slice(0, 60)}-${seed}.png`;
}

/** `apple.png` at step 20 → `apple-0020.png` */
export function frameFile(file: string, step: number): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}-${String(step).padStart(4, '0')}${extension}`;
}

/** Writes a picture, enlarged as far as it still has to be, with its story; the file appears whole or not at all. */
export async function writePicture(
  file: string,
  { picture, upscale }: Enlarged,
  metadata: RequestDescription,
): Promise<void> {
  const { bytes } = await encodePicture(picture, { format: formatFor(file), upscale, metadata });
  writeWhole(file, bytes);
}

/** Writes a file so that after any crash there is the old one or the whole new one. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  try {
    writeAtomically(file, [{ offset: 0, bytes }]);
  } catch (cause) {
    throw new UserError(`The file \`${file}\` cannot be written.`, { cause });
  }
}
