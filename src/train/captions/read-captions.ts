import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import type { CaptionSource } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import { readRegular } from '../../read-regular.js';
import { captionOfFolder, captionOfName } from './caption-of-name.js';

/** Rows of captions beside pictures: ours, and what Hugging Face calls an image folder's metadata. */
const ROW_FILES = ['captions.jsonl', 'metadata.jsonl'] as const;

const rowSchema = z
  .looseObject({
    file: z.string().optional(),
    file_name: z.string().optional(),
    caption: z.string().optional(),
    text: z.string().optional(),
  })
  .transform(({ file, file_name, caption, text }) => ({ file: file ?? file_name, caption: caption ?? text }));

/** What pictures show, in words: several captions a picture, or none. */
export type Captions = (name: string) => Promise<readonly string[]>;

export interface ReadCaptionsOptions {
  /** The folder of pictures. */
  readonly folder: string;
  readonly source: CaptionSource;
  /** The pictures' paths in it. */
  readonly names: readonly string[];
}

/**
 * Finds the captions of a folder's pictures. `auto` takes a text file of the picture's name (one caption a line), else its
 * rows in `captions.jsonl` (`{"file": …, "caption": …}`), else, where the folder has neither, its own name.
 *
 * @throws UserError when `captions.jsonl` is no list of captions.
 */
export async function readCaptions({ folder, source, names }: ReadCaptionsOptions): Promise<Captions> {
  if (source === 'none') return async () => [''];
  if (source === 'names') return async (name) => nonEmpty([captionOfName(name)]);
  if (source === 'folders') return async (name) => nonEmpty([captionOfFolder(name)]);
  const rows = await readRows(folder);
  const beside = async (name: string) => {
    const lines = await textBeside(folder, name);
    return lines.length > 0 ? lines : (rows?.get(name.replaceAll('\\', '/')) ?? []);
  };
  const first = await Promise.all(names.slice(0, LOOKED_AT).map((name) => textBeside(folder, name)));
  const isWritten = rows !== undefined || first.some((lines) => lines.length > 0);
  return isWritten ? beside : async (name) => nonEmpty([captionOfName(name)]);
}

/** Of a folder without rows, so many pictures are asked for a text file before names count as captions. */
const LOOKED_AT = 1000;

const nonEmpty = (captions: readonly string[]) => captions.filter((caption) => caption !== '');

async function textBeside(folder: string, name: string): Promise<readonly string[]> {
  const file = join(folder, dirname(name), `${basename(name, extname(name))}.txt`);
  const text = await readRegular(file).then(String, () => '');
  return nonEmpty(text.split('\n').map((line) => line.trim()));
}

async function readRows(folder: string): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  for (const file of ROW_FILES) {
    const path = join(folder, file);
    const text = await readRegular(path).then(String, () => undefined);
    if (text !== undefined) return rowsOf(text, path);
  }
  return undefined;
}

function rowsOf(text: string, path: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { file, caption } = parseRow(line) ?? {};
    if (file === undefined || caption === undefined) {
      throw new UserError(
        `Expected every line of ${path} to be like {"file": "a.png", "caption": "a lighthouse"}; line ${index + 1} is not.`,
      );
    }
    const known = found.get(file);
    if (known) known.push(caption.trim());
    else found.set(file, [caption.trim()]);
  }
  return found;
}

function parseRow(line: string) {
  try {
    return rowSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
