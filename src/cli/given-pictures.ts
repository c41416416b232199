import { existsSync } from 'node:fs';
import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { decodePicture } from '../images/decode-picture.js';
import { isState } from '../paint/latent/saved-state.js';
import { readRegularSync } from '../read-regular.js';
import type { Given } from '../requests/options.js';
import { parseWeightedPicture } from '../requests/weighted-picture.js';
import { sha256 } from '../zoo/sha256.js';

/** The options that take a picture, as the command line gives them: files. */
export interface PictureFiles {
  readonly init?: string | undefined;
  readonly mask?: string | undefined;
  readonly palette?: string | undefined;
  readonly imagePrompt?: readonly string[] | undefined;
}

/** Pictures of the person's, decoded, and their names (sha256) in the request. */
export interface GivenPictures {
  readonly images: ReadonlyMap<string, Picture>;
  /** Saved paintings given as pictures, by the same names. */
  readonly states: ReadonlyMap<string, Uint8Array>;
  /** The options with names in place of files. */
  readonly given: Pick<Given, keyof PictureFiles>;
}

/**
 * Reads the files that `--init`, `--mask`, `--palette` and `--image-prompt` name.
 *
 * @throws UserError when one cannot be read or is no picture.
 */
export async function readPictures({
  init,
  mask,
  palette,
  imagePrompt,
}: PictureFiles): Promise<GivenPictures> {
  const images = new Map<string, Picture>();
  const states = new Map<string, Uint8Array>();
  const read = async (file: string) => {
    let bytes: Uint8Array;
    try {
      bytes = readRegularSync(file);
    } catch (cause) {
      throw new UserError(`The picture \`${file}\` cannot be read.`, { cause });
    }
    const name = sha256(bytes);
    if (isState(bytes)) states.set(name, bytes);
    else images.set(name, await decodePicture(bytes));
    return name;
  };
  const readWeighted = async (text: string) => {
    // A file may be called so.
    const prompt = existsSync(text) ? { image: text, weight: 1 } : parseWeightedPicture(text);
    return { ...prompt, image: await read(prompt.image) };
  };
  const given = {
    ...(init !== undefined && { init: await read(init) }),
    ...(mask !== undefined && { mask: await read(mask) }),
    ...(palette !== undefined && { palette: await read(palette) }),
    ...(imagePrompt && { imagePrompt: await inTurn(imagePrompt, readWeighted) }),
  };
  return { images, states, given };
}

async function inTurn<From, To>(items: readonly From[], work: (item: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
