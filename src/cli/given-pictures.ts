import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { decodePicture } from '../images/decode-picture.js';
import { readRegularSync } from '../read-regular.js';
import { sha256 } from '../zoo/sha256.js';

/** Pictures of the person's, decoded, and their names (sha256) in the request. */
export interface GivenPictures {
  readonly images: ReadonlyMap<string, Picture>;
  readonly init: string | undefined;
  readonly imagePrompt: readonly string[];
}

/**
 * Reads the files that `--init` and `--image-prompt` name.
 *
 * @throws UserError when one cannot be read or is no picture.
 */
export async function readPictures(files: {
  readonly init?: string | undefined;
  readonly imagePrompt?: readonly string[] | undefined;
}): Promise<GivenPictures> {
  const images = new Map<string, Picture>();
  const read = async (file: string) => {
    let bytes: Uint8Array;
    try {
      bytes = readRegularSync(file);
    } catch (cause) {
      throw new UserError(`The picture \`${file}\` cannot be read.`, { cause });
    }
    const name = sha256(bytes);
    images.set(name, await decodePicture(bytes));
    return name;
  };
  const init = files.init === undefined ? undefined : await read(files.init);
  const imagePrompt: string[] = [];
  for (const file of files.imagePrompt ?? []) imagePrompt.push(await read(file));
  return { images, init, imagePrompt };
}
