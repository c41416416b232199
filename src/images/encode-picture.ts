import sharp, { type Exif, type Sharp } from 'sharp';
import type { EncodedPicture, Picture } from '../contracts/picture.js';
import type { RequestDescription } from '../requests/describe-request.js';
import { writePngText } from './png-text.js';
import { writeXmp } from './xmp.js';

export interface EncodeOptions {
  readonly format: EncodedPicture['format'];
  /** Sides are multiplied by this (Lanczos); 1 by default. */
  readonly upscale?: 1 | 2 | 4;
  /** Quality of WebP and JPEG, 1…100. */
  readonly quality?: number;
  /** What the file says of itself: XMP in all, text chunks in a PNG too, EXIF in the others. */
  readonly metadata?: RequestDescription;
}

/** A raw picture as a file; the same picture gives the same bytes. */
export async function encodePicture(picture: Picture, options: EncodeOptions): Promise<EncodedPicture> {
  const { format, upscale = 1, quality = 90, metadata } = options;
  const [width, height] = [picture.width * upscale, picture.height * upscale];
  let image = sharp(picture.pixels, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  });
  if (upscale > 1) image = image.resize(width, height, { kernel: 'lanczos3' });
  if (metadata) image = image.withXmp(writeXmp(metadata));
  if (metadata && format !== 'png') image = image.withExif(exifOf(metadata));
  const bytes: Uint8Array = await FORMATS[format](image, quality).toBuffer();
  const labelled = metadata && format === 'png' ? writePngText(bytes, pngTextOf(metadata)) : bytes;
  return { format, width, height, bytes: labelled };
}

const FORMATS = {
  png: (image, _quality) => image.png({ compressionLevel: 9 }),
  webp: (image, quality) => image.webp({ quality }),
  jpeg: (image, quality) => image.jpeg({ quality, chromaSubsampling: '4:4:4' }),
} as const satisfies Record<EncodedPicture['format'], (image: Sharp, quality: number) => Sharp>;

function pngTextOf({
  prompt,
  seed,
  parameters,
  manifest,
}: RequestDescription): Readonly<Record<string, string>> {
  return { Software: 'Easel', prompt, seed: String(seed), manifest, parameters };
}

/** EXIF's texts are ASCII: a prompt in another script is left to XMP, and JSON spells other characters out. */
function exifOf({ prompt, seed, parameters }: RequestDescription): Exif {
  return {
    IFD0: { Software: 'Easel', ...(isAscii(prompt) && { ImageDescription: prompt }) },
    IFD2: { UserComment: `seed ${seed}; ${asciiJson(parameters)}` },
  };
}

// ASCII begins at 0.
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

function asciiJson(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
