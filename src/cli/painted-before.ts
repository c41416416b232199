import { messageOf, UserError } from '../errors.js';
import { readStory, type Story } from '../images/read-story.js';
import { readRegularSync } from '../read-regular.js';
import { keepsInit } from '../requests/keeps-init.js';
import { spelled } from '../requests/options.js';
import { type PaintRequest, readRequest } from '../requests/paint-request.js';
import { picturesIn } from '../requests/pictures-in.js';
import type { GivenPictures } from './given-pictures.js';
import type { Resumed } from './resume.js';

/** What was painted before and shall be painted again, or gone on with. */
export interface Before {
  readonly request: PaintRequest;
  /** The sha256 of the manifest of the model that painted it, where that is known. */
  readonly manifest?: string | undefined;
  readonly resumed?: Resumed;
}

/** A picture's file and the request that made it. */
export interface PaintedBefore {
  readonly story: Story;
  /** Undefined where the file does not tell. */
  readonly request: PaintRequest | undefined;
}

/**
 * Reads a file that `imagine` or the bot made; nothing in it is trusted.
 *
 * @throws UserError when it cannot be read, is no picture, or tells of a request that cannot be.
 */
export async function readPaintedBefore(file: string): Promise<PaintedBefore> {
  let bytes: Uint8Array;
  try {
    bytes = readRegularSync(file);
  } catch (cause) {
    throw new UserError(`The picture \`${file}\` cannot be read.`, { cause });
  }
  const story = await readStory(bytes);
  if (story.parameters === undefined) return { story, request: undefined };
  try {
    return { story, request: readRequest(JSON.parse(story.parameters)) };
  } catch (cause) {
    throw new UserError(`What \`${file}\` says of how it was painted is damaged: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/**
 * Checks that the pictures a request names were given again; who goes on with a painting has its start behind them.
 *
 * @throws UserError that names the ones that are missing.
 */
export function expectPictures({ request, resumed }: Before, { given }: Pick<GivenPictures, 'given'>): void {
  const { init } = request;
  const isBehind = resumed !== undefined && init?.pull === 0 && !keepsInit(init);
  const named = picturesIn(request).filter(({ option }) => !(isBehind && option === 'init'));
  const options = [...new Set(named.map(({ option }) => option))];
  const missing = options.flatMap((option) => {
    const wanted = named.filter((picture) => picture.option === option);
    const got = option === 'imagePrompt' ? (given.imagePrompt?.length ?? 0) : Number(option in given);
    const hashes = wanted.map(({ image }) => `sha256 ${image}`).join(', ');
    return got < wanted.length ? [`\`--${spelled(option)}\` (${hashes})`] : [];
  });
  if (missing.length > 0) {
    throw new UserError(
      `It was painted with other pictures, which a file does not hold; give them again: ${missing.join(' and ')}.`,
    );
  }
}
