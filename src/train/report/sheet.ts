import sharp from 'sharp';
import type { Picture } from '../../contracts/picture.js';

/** Narrower pictures are enlarged to this, pixel by pixel. */
const CELL = 96;
const GAP = 4;

/** Rows of pictures of one size as a PNG. */
export async function pictureSheet(rows: readonly (readonly Picture[])[]): Promise<Uint8Array> {
  const [first] = rows.flat();
  if (!first) throw new Error('A sheet needs pictures.');
  const scale = Math.max(1, Math.round(CELL / Math.min(first.width, first.height)));
  const [width, height] = [first.width * scale, first.height * scale];
  const columns = Math.max(...rows.map((row) => row.length));
  const layers = await Promise.all(
    rows.flatMap((row, y) =>
      row.map(async (picture, x) => ({
        input: await sharp(picture.pixels, {
          raw: { width: picture.width, height: picture.height, channels: 3 },
        })
          .resize(width, height, { kernel: 'nearest' })
          .png()
          .toBuffer(),
        left: GAP + x * (width + GAP),
        top: GAP + y * (height + GAP),
      })),
    ),
  );
  const size = { width: GAP + columns * (width + GAP), height: GAP + rows.length * (height + GAP) };
  return sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .png()
    .toBuffer();
}
