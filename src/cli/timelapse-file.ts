import { extname } from 'node:path';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { EncodedPicture, Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { composeSheet, type SheetEntry } from '../images/sheet.js';
import { makeTimelapse, type TimelapseFormat } from '../images/timelapse.js';
import { assertWritable, writeWhole } from './picture-file.js';

/** About how many frames a film has: five seconds. */
const FRAMES = 60;

/** How a file tells of a painting: as a film, or as a sheet of some of its frames. */
const KINDS = {
  '.webp': { film: 'webp' },
  '.mp4': { film: 'mp4' },
  '.png': { sheet: 'png' },
  '.jpg': { sheet: 'jpeg' },
} as const satisfies Readonly<
  Record<`.${string}`, { readonly film: TimelapseFormat } | { readonly sheet: EncodedPicture['format'] }>
>;

/** A sheet's frames, evenly spread over the painting. */
const SHEET = { frames: 12, columns: 4, cell: 192 } as const;

/**
 * What the file of a film becomes, which can be written.
 *
 * @throws UserError when the name ends otherwise, or it cannot be written.
 */
export function timelapseKindFor(file: string): (typeof KINDS)[keyof typeof KINDS] {
  const extension = extname(file).toLowerCase();
  const kind = Object.entries(KINDS).find(([known]) => known === extension)?.[1];
  if (!kind) {
    throw new UserError(
      `Expected \`--timelapse\` to end in .webp or .mp4 (films), .png or .jpg (sheets of frames), got \`${file}\`.`,
    );
  }
  assertWritable(file);
  return kind;
}

/** How often a painting must show a frame, so that its film has about sixty a chapter; a journey's has one a move. */
export function framesForTimelapse({
  steps,
  drift,
  prompts,
}: Pick<PaintRequest, 'steps' | 'drift' | 'prompts'>): PaintRequest['frames'] {
  const chapters = 1 + Math.max(0, ...prompts.map(({ chapter = 0 }) => chapter));
  return { everySteps: drift?.every ?? Math.max(1, Math.floor(steps / (FRAMES * chapters))) };
}

/** A film under way; without a file it keeps nothing. */
export function openTimelapse(file: string | undefined, { upscale }: Pick<PaintRequest, 'upscale'>) {
  const frames: SheetEntry[] = [];
  return {
    add(picture: Picture, step: number): void {
      // The painter may use its pixels again.
      if (file === undefined) return;
      const kept = { ...picture, pixels: Uint8Array.from(picture.pixels) };
      frames.push({ picture: kept, caption: `step ${step}` });
    },
    async write(): Promise<void> {
      if (file === undefined) return;
      const kind = timelapseKindFor(file);
      if ('film' in kind) {
        const pictures = frames.map(({ picture }) => picture);
        writeWhole(file, await makeTimelapse(pictures, kind.film, { upscale }));
      } else {
        const { columns, cell } = SHEET;
        const { bytes } = await composeSheet(spread(frames, SHEET.frames), {
          columns,
          cell,
          format: kind.sheet,
        });
        writeWhole(file, bytes);
      }
    },
  };
}

/** At most so many of some items, from the first to the last, evenly. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))],
  ).filter((item) => item !== undefined);
}
