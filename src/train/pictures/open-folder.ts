import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../contracts/picture.js';
import { messageOf, UserError } from '../../errors.js';
import { decodePicture } from '../../images/decode-picture.js';
import { readRegular } from '../../read-regular.js';

const EXTENSIONS = /\.(png|jpe?g|webp|gif|avif)$/i;
/** Pictures are decoded once and kept while they take no more than this. */
const KEPT_BYTES = 2 ** 30;
const AT_ONCE = 8;
/** A picture much longer than wide is kept only this much longer. */
const LONGEST = 4;

/** Pictures of a folder, each so large that its shorter side is `side`. */
export interface PictureFolder {
  /** Paths relative to the folder, in code-unit order. */
  readonly names: readonly string[];
  picture(index: number): Promise<Picture>;
}

export interface OpenFolderOptions {
  readonly folder: string;
  readonly side: number;
  /** Shorter sides below this are too small to learn from. */
  readonly smallest: number;
  readonly onSkipped: (file: string, reason: string) => void;
}

/**
 * Finds the pictures of a folder and those below it, and decodes them. What cannot be used is named and left out.
 *
 * @throws UserError when the folder cannot be read or holds no picture that can be used.
 */
export async function openFolder({
  folder,
  side,
  smallest,
  onSkipped,
}: OpenFolderOptions): Promise<PictureFolder> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new UserError(`Expected a folder of pictures, but \`${folder}\` ${whyNot(cause)}.`, { cause });
  });
  const found = files
    .filter((entry) => entry.isFile() && EXTENSIONS.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[\\/]/, ''),
    )
    .sort();
  if (found.length === 0) {
    throw new UserError(`Expected pictures (png, jpeg, webp, gif or avif) in \`${folder}\`, found none.`);
  }
  const load = async (name: string) => sized(await readRegular(join(folder, name)), { side, smallest });
  const kept = new Map<string, Picture>();
  let bytes = 0;
  const usable: string[] = [];
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const names = found.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(names.map(load));
    for (const [index, result] of results.entries()) {
      const name = names[index] ?? '';
      if (result.status === 'rejected') {
        onSkipped(name, messageOf(result.reason));
        continue;
      }
      usable.push(name);
      bytes += result.value.pixels.length;
      if (bytes <= KEPT_BYTES) kept.set(name, result.value);
    }
  }
  if (usable.length === 0)
    throw new UserError(`None of the ${found.length} pictures in \`${folder}\` can be used.`);
  return {
    names: usable,
    picture: async (index) => {
      const name = usable[index];
      if (name === undefined) throw new Error(`There is no picture ${index}.`);
      return kept.get(name) ?? load(name);
    },
  };
}

function whyNot(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'is not there';
  return code === 'ENOTDIR' ? 'is no folder' : 'cannot be read';
}

async function sized(
  bytes: Uint8Array,
  { side, smallest }: { readonly side: number; readonly smallest: number },
) {
  const { width, height, pixels } = await decodePicture(bytes);
  const shorter = Math.min(width, height);
  if (shorter < smallest) {
    throw new UserError(`It is ${width} × ${height} pixels; each side needs at least ${smallest}.`);
  }
  const sideFor = (length: number) =>
    Math.min(LONGEST * side, Math.max(side, Math.round((length * side) / shorter)));
  const raw = { width, height, channels: 3 } as const;
  const { data, info } = await sharp(pixels, { raw })
    .resize(sideFor(width), sideFor(height), { fit: 'cover', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
