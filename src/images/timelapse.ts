import h264 from 'h264-mp4-encoder';
import sharp from 'sharp';
import type { Picture } from '../contracts/picture.js';

export interface TimelapseOptions {
  /** Frames a second; 12 by default. */
  readonly framesPerSecond?: number;
  /** How long the last frame stands still, seconds; 1.5 by default. */
  readonly restSeconds?: number;
  /** Sides are multiplied by this (Lanczos); 1 by default. */
  readonly upscale?: 1 | 2 | 4;
}

export type TimelapseFormat = 'webp' | 'mp4';

/** Every frame as large as the largest, since the first may be coarse; at most this many bytes of raw pixels are held at a time. */
interface Film {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major, one after another. */
  readonly frames: readonly Uint8Array[];
  readonly framesPerSecond: number;
  readonly restSeconds: number;
}

/**
 * Pictures of one painting as a film that shows it grow, without any program beside Node: animated WebP, which plays in
 * Discord and in browsers, or H.264 in MP4, which plays everywhere.
 *
 * @throws when there is no picture.
 */
export async function makeTimelapse(
  pictures: readonly Picture[],
  format: TimelapseFormat,
  { framesPerSecond = 12, restSeconds = 1.5, upscale = 1 }: TimelapseOptions = {},
): Promise<Uint8Array> {
  if (pictures.length === 0) throw new Error('Expected at least one picture for a timelapse.');
  const width = upscale * Math.max(...pictures.map((picture) => picture.width));
  const height = upscale * Math.max(...pictures.map((picture) => picture.height));
  const frames: Uint8Array[] = [];
  for (const { width: w, height: h, pixels } of pictures) {
    const image = sharp(pixels, { raw: { width: w, height: h, channels: 3 } });
    frames.push(
      await image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' }).ensureAlpha().raw().toBuffer(),
    );
  }
  const film = { width, height, frames, framesPerSecond, restSeconds };
  return format === 'webp' ? animatedWebp(film) : mp4(film);
}

async function animatedWebp({
  width,
  height,
  frames,
  framesPerSecond,
  restSeconds,
}: Film): Promise<Uint8Array> {
  const frameMs = Math.round(1000 / framesPerSecond);
  const delay = frames.map((_, index) => (index === frames.length - 1 ? restSeconds * 1000 : frameMs));
  return sharp(Buffer.concat(frames), {
    raw: { width, height: height * frames.length, channels: 4, pageHeight: height },
    limitInputPixels: false, // our own pixels
  })
    .webp({ quality: 82, loop: 0, delay })
    .toBuffer();
}

async function mp4({ width, height, frames, framesPerSecond, restSeconds }: Film): Promise<Uint8Array> {
  const encoder = await h264.createH264MP4Encoder();
  try {
    // H.264 works on whole chroma samples: even sides.
    const [evenWidth, evenHeight] = [width - (width % 2), height - (height % 2)];
    Object.assign(encoder, {
      ...{ width: evenWidth, height: evenHeight, frameRate: framesPerSecond, quantizationParameter: 20 },
    });
    encoder.initialize();
    const rests = Math.round(restSeconds * framesPerSecond);
    const last = frames.at(-1);
    for (const frame of [...frames, ...Array.from({ length: last ? rests : 0 }, () => last)]) {
      if (frame) encoder.addFrameRgba(cropped(frame, width, evenWidth, evenHeight));
    }
    encoder.finalize();
    return Uint8Array.from(encoder.FS.readFile(encoder.outputFilename));
  } finally {
    encoder.delete();
  }
}

/** RGBA rows without what is beyond an even width. */
function cropped(frame: Uint8Array, width: number, evenWidth: number, evenHeight: number): Uint8Array {
  if (width === evenWidth) return frame.subarray(0, 4 * evenWidth * evenHeight);
  const rows = new Uint8Array(4 * evenWidth * evenHeight);
  for (let y = 0; y < evenHeight; y += 1) {
    rows.set(frame.subarray(4 * y * width, 4 * (y * width + evenWidth)), 4 * y * evenWidth);
  }
  return rows;
}
