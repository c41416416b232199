import type { Picture } from '../contracts/picture.js';
import { sheetGrid } from '../requests/sheet.js';

/** What stands where no picture is yet. */
const EMPTY = 0x22;

/** Pictures of one size side by side, row by row, as one; places without a picture are dark. */
export function composeGrid(pictures: readonly Picture[], count: number): Picture {
  const [first] = pictures;
  if (first === undefined) throw new Error('Expected a picture for the grid.');
  const { columns, rows } = sheetGrid(count);
  const [width, height] = [columns * first.width, rows * first.height];
  const pixels = new Uint8Array(3 * width * height).fill(EMPTY);
  for (const [index, picture] of pictures.entries()) {
    const left = (index % columns) * first.width;
    const top = Math.floor(index / columns) * first.height;
    for (let y = 0; y < picture.height; y += 1) {
      const row = picture.pixels.subarray(3 * y * picture.width, 3 * (y + 1) * picture.width);
      pixels.set(row, 3 * ((top + y) * width + left));
    }
  }
  return { width, height, pixels };
}
