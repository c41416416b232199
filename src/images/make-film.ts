import { decodePicture } from './decode-picture.js';
import { makeTimelapse } from './timelapse.js';

/** About how long a film is, seconds. */
const LENGTH = 4;
const PACE = { slowest: 2, fastest: 12 } as const;

/** Frames of one painting, as files' bytes, as an animated WebP: a few seconds, however many there are. */
export async function makeFilm(frames: readonly Uint8Array[]): Promise<Uint8Array> {
  const pictures = await Promise.all(frames.map((frame) => decodePicture(frame)));
  const framesPerSecond = Math.min(PACE.fastest, Math.max(PACE.slowest, frames.length / LENGTH));
  return makeTimelapse(pictures, 'webp', { framesPerSecond });
}
