import { extname } from 'node:path';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { makeTimelapse, TIMELAPSE_FORMATS, type TimelapseFormat } from '../images/timelapse.js';
import { assertWritable, writeWhole } from './picture-file.js';

/** About how many frames a film has: five seconds. */
const FRAMES = 60;

/**
 * The format of a film's file, which can be written.
 *
 * @throws UserError when the name ends otherwise, or it cannot be written.
 */
export function timelapseFormatFor(file: string): TimelapseFormat {
  const format = TIMELAPSE_FORMATS.find((known) => extname(file).toLowerCase() === `.${known}`);
  if (!format) {
    throw new UserError(`Expected \`--timelapse\` to end in .webp or .mp4, got \`${file}\`.`);
  }
  assertWritable(file);
  return format;
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
  const pictures: Picture[] = [];
  return {
    add(picture: Picture): void {
      // The painter may use its pixels again.
      if (file !== undefined) pictures.push({ ...picture, pixels: Uint8Array.from(picture.pixels) });
    },
    async write(): Promise<void> {
      if (file === undefined) return;
      writeWhole(file, await makeTimelapse(pictures, timelapseFormatFor(file), { upscale }));
    },
  };
}
