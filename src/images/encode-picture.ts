import sharp, { type Exif, type Sharp } from 'sharp';
import type { EncodedPicture, Picture } from '../contracts/picture.js';
import { writePngText } from './png-text.js';

export interface EncodeOptions {
  readonly format: EncodedPicture['format'];
  /** Sides are multiplied by this (Lanczos); 1 by default. */
  readonly upscale?: 1 | 2 | 4;
  /** Quality of WebP and JPEG, 1…100. */
  readonly quality?: number;
  /** What the file says of itself: text chunks in a PNG, EXIF in the others. */
  readonly metadata?: PictureMetadata;
}

/** How a picture came to be, for its file. */
export interface PictureMetadata {
  readonly prompt: string;
  readonly seed: number;
  /** The whole request as JSON, so that the picture can be painted again. */
  readonly parameters: string;
}

/** A raw picture as a file; the same picture gives the same bytes. */
export async function encodePicture(picture: Picture, options: EncodeOptions): Promise<EncodedPicture> {
  const { format, upscale = 1, quality = 90, metadata } = options;
  const [width, height] = [picture.width * upscale, picture.height * upscale];
  let image = sharp(picture.pixels, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  });
  if (upscale > 1) image = image.resize(width, height, { kernel: 'lanczos3' });
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

function pngTextOf({ prompt, seed, parameters }: PictureMetadata): Readonly<Record<string, string>> {
  return { Software: 'Easel', prompt, seed: String(seed), parameters };
}

function exifOf({ prompt, seed, parameters }: PictureMetadata): Exif {
  return {
    IFD0: { Software: 'Easel', ImageDescription: prompt },
    IFD2: { UserComment: `seed ${seed}; ${parameters}` },
  };
}
