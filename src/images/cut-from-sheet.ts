import sharp from 'sharp';
import type { EncodedPicture } from '../contracts/picture.js';
import { sheetGrid, type SheetPlace } from '../requests/sheet.js';

/** One picture of a sheet, as a PNG file's bytes. */
export function cutFromSheet(sheet: EncodedPicture, { index, count }: SheetPlace): Promise<Uint8Array> {
  const { columns, rows } = sheetGrid(count);
  const [width, height] = [Math.floor(sheet.width / columns), Math.floor(sheet.height / rows)];
  const left = (index % columns) * width;
  const top = Math.floor(index / columns) * height;
  return sharp(sheet.bytes).extract({ left, top, width, height }).png().toBuffer();
}
