import sharp, { type Sharp } from 'sharp';
import type { EncodedPicture } from '../contracts/picture.js';

export interface FitOptions {
  readonly maxBytes: number;
  /** A picture whose shorter side is less is enlarged to it. */
  readonly minSide: number;
  /** Few bytes matter more than the last bit of quality. */
  readonly small: boolean;
}

interface Encoding {
  readonly format: EncodedPicture['format'];
  readonly encode: (image: Sharp) => Sharp;
}

const png: Encoding = { format: 'png', encode: (image) => image.png() };
const webp = (quality: number): Encoding => ({ format: 'webp', encode: (image) => image.webp({ quality }) });

/** From the best to the smallest; the first that fits is taken. */
const ENCODINGS = { lasting: [png, webp(95), webp(85), webp(70)], passing: [webp(80), webp(60)] } as const;

/**
 * One of our own pictures, enlarged and re-encoded where it must be to fit: as it is, as PNG, as WebP, and only then
 * in fewer pixels.
 *
 * @throws when not even a tiny picture would fit.
 */
export async function fitPicture(picture: EncodedPicture, options: FitOptions): Promise<EncodedPicture> {
  const { maxBytes, minSide, small } = options;
  const scale = Math.max(1, minSide / Math.min(picture.width, picture.height));
  const isLean = !small || picture.format !== 'png';
  if (scale === 1 && isLean && picture.bytes.byteLength <= maxBytes) return picture;

  const encodings = small ? ENCODINGS.passing : ENCODINGS.lasting;
  for (let [width, height] = sides(picture, scale); Math.min(width, height) >= 16; ) {
    for (const { format, encode } of encodings) {
      const image = sharp(picture.bytes)
        .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
        .keepExif()
        .keepXmp();
      const bytes: Uint8Array = await encode(image).toBuffer();
      if (bytes.byteLength <= maxBytes) return { format, width, height, bytes };
    }
    [width, height] = sides({ width, height }, Math.SQRT1_2);
  }
  throw new Error(`Expected the picture to fit into ${maxBytes} bytes somehow.`);
}

function sides({ width, height }: { readonly width: number; readonly height: number }, scale: number) {
  return [Math.round(width * scale), Math.round(height * scale)] as const;
}
