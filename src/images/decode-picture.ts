import sharp from 'sharp';
import type { Picture } from '../contracts/picture.js';
import { PictureError } from './picture-error.js';

/** What a foreign picture may cost. */
export interface DecodeLimits {
  readonly bytes: number;
  /** Width times height as the file states them, before anything is decoded. */
  readonly pixels: number;
}

export const DECODE_LIMITS: DecodeLimits = { bytes: 20 * 1024 * 1024, pixels: 40_000_000 };

/** Formats with decoders that are small, old and fuzzed; SVG, PDF and the like are programs and stay outside. */
const ALLOWED = ['png', 'jpeg', 'webp', 'gif', 'avif'];

/** What phones take pictures in. Its codec is patented: only a sharp built on a libvips of one's own may have a decoder. */
const HEIC = 'heic';
const IN_HEIF: ReadonlySet<string> = new Set(['avif', HEIC]);
const READS_HEIC = sharp.format.heif.input.fileSuffix?.includes('.heic') === true;

/**
 * Decodes somebody's picture: the first frame, turned upright, on white where it is transparent, as sRGB.
 *
 * @throws PictureError when the bytes are too many, not a picture of an allowed format, too large or damaged.
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: DecodeLimits = DECODE_LIMITS,
): Promise<Picture> {
  if (bytes.length > limits.bytes) {
    throw new PictureError(
      'tooManyBytes',
      `Expected a picture of at most ${megabytes(limits.bytes)}, got ${megabytes(bytes.length)}.`,
    );
  }
  const format = sniffFormat(bytes);
  const expected = `Expected a picture (${ALLOWED.join(', ')})`;
  if (!format) throw new PictureError('unknown', `${expected}, got something else.`);
  if (format === HEIC && !READS_HEIC) {
    throw new PictureError('heic', `${expected}, got HEIC: save or share it as JPEG.`);
  }
  try {
    const image = sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error', pages: 1 });
    const metadata = await image.metadata();
    // AVIF and HEIC are codecs in one container, whose decoders are told apart by what is in it.
    const found = metadata.format === 'heif' && IN_HEIF.has(format) ? format : metadata.format;
    if (found !== format) throw new Error(`the file is ${found}, not ${format}`);
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { width: info.width, height: info.height, pixels: data };
  } catch (cause) {
    throw new PictureError('damaged', 'The picture is damaged or larger than allowed.', { cause });
  }
}

/** The format by its first bytes, before any decoder sees them. */
function sniffFormat(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp';
  if (head.slice(4, 8) === 'ftyp') return formatInHeif(bytes);
  return head.startsWith('GIF87a') || head.startsWith('GIF89a') ? 'gif' : undefined;
}

/** Bytes of the first box that may name brands. */
const MOST_BRANDS = 128;

/** Which codec a file of HEIF says it holds: the first brand that names one; `mif1` and the like name none. */
function formatInHeif(bytes: Uint8Array): string | undefined {
  const box = Buffer.from(bytes.subarray(0, MOST_BRANDS));
  const length = Math.min(box.length, box.readUInt32BE(0));
  const brands = [8, ...Array.from({ length: Math.floor((length - 16) / 4) }, (_, at) => 16 + 4 * at)];
  const named = brands.map((at) => box.toString('latin1', at, at + 4));
  if (!named.some((brand) => /^(?:avi[fs]|hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) return undefined;
  return named.find((brand) => /^(?:avi|hei|hev)/.test(brand))?.startsWith('avi') ? 'avif' : HEIC;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
