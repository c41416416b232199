import type { CaptionSource } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import { openFolder, type PictureFolder } from '../pictures/open-folder.js';
import { readCaptions } from './read-captions.js';

/** A folder of pictures of which it is said what they show. */
export interface CaptionedFolder {
  readonly folder: PictureFolder;
  /** What a picture of the folder shows, at least once. */
  readonly captionsOf: (example: number) => readonly string[];
}

export interface OpenCaptionedOptions {
  /** The folder of pictures. */
  readonly pictures: string;
  readonly captions: CaptionSource;
  /** Their shorter side. */
  readonly side: number;
  readonly onSkipped: (file: string, reason: string) => void;
}

/**
 * Opens the pictures that have captions; those without are named and left out.
 *
 * @throws UserError when the folder cannot be read or none of its pictures has a caption.
 */
export async function openCaptioned(options: OpenCaptionedOptions): Promise<CaptionedFolder> {
  const { pictures, captions: source, side, onSkipped } = options;
  const all = await openFolder({ folder: pictures, side, smallest: side / 2, onSkipped });
  const captions = await readCaptions({ folder: pictures, source, names: all.names });
  const said: { readonly index: number; readonly captions: readonly string[] }[] = [];
  for (const [index, name] of all.names.entries()) {
    const found = await captions(name);
    if (found.length > 0) said.push({ index, captions: found });
    else onSkipped(name, SAID_NOTHING[source]);
  }
  if (said.length === 0) throw new UserError(`None of the pictures in \`${pictures}\` has a caption.`);
  return {
    folder: {
      names: said.map(({ index }) => all.names[index] ?? ''),
      picture: (example) => all.picture(said[example]?.index ?? -1),
    },
    captionsOf: (example) => said[example]?.captions ?? [],
  };
}

const SAID_NOTHING = {
  auto: 'It has no caption: expected a text file of its name beside it, a row in captions.jsonl, or words as its name.',
  names: 'Its name holds no words.',
  folders: 'It lies in no folder that says what it shows.',
  none: 'It has no caption.',
} as const;
