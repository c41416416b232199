import sharp from 'sharp';
import type { EncodedPicture, Picture } from '../contracts/picture.js';

export interface SheetEntry {
  readonly picture: Picture;
  readonly caption: string;
}

export interface SheetOptions {
  readonly columns: number;
  /** The side of a picture's square cell in pixels. */
  readonly cell: number;
  readonly format: EncodedPicture['format'];
}

const GAP = 8;
const CAPTION_HEIGHT = 22;

/** A contact sheet: pictures in rows, each over its caption, on white. */
export async function composeSheet(
  entries: readonly SheetEntry[],
  { columns, cell, format }: SheetOptions,
): Promise<EncodedPicture> {
  const rows = Math.ceil(entries.length / columns);
  const [width, height] = [columns * (cell + GAP) + GAP, rows * (cell + CAPTION_HEIGHT + GAP) + GAP];
  const layers = await Promise.all(
    entries.map(async ({ picture, caption }, index) => {
      const left = GAP + (index % columns) * (cell + GAP);
      const top = GAP + Math.floor(index / columns) * (cell + CAPTION_HEIGHT + GAP);
      const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
      const input = await sharp(picture.pixels, { raw })
        .resize(cell, cell, { fit: 'contain', background: '#ffffff', kernel: 'lanczos3' })
        .png()
        .toBuffer();
      return [
        { input, left, top },
        { input: captionSvg(caption, cell), left, top: top + cell },
      ];
    }),
  );
  const sheet = sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite(
    layers.flat(),
  );
  const encoders = {
    png: () => sheet.png({ palette: true }),
    webp: () => sheet.webp(),
    jpeg: () => sheet.jpeg(),
  };
  const bytes: Uint8Array = await encoders[format]().toBuffer();
  return { format, width, height, bytes };
}

function captionSvg(caption: string, width: number): Buffer {
  const escaped = caption.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const size = Math.min(13, (1.75 * width) / Math.max(caption.length, 1));
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${CAPTION_HEIGHT}">` +
      `<text x="${width / 2}" y="15" font-family="sans-serif" font-size="${size}" text-anchor="middle">${escaped}</text></svg>`,
  );
}
