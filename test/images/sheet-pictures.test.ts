import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { composeGrid } from '../../src/images/compose-grid.js';
import { cutFromSheet } from '../../src/images/cut-from-sheet.js';
import { encodePicture } from '../../src/images/encode-picture.js';

/** A picture of one grey, 4 × 2. */
const grey = (value: number) => ({ width: 4, height: 2, pixels: new Uint8Array(24).fill(value) });

describe('a sheet of pictures', () => {
  it('has them row by row, and gives each back as it was, enlarged as the sheet is', async () => {
    const greys = [10, 20, 30, 40];
    const sheet = composeGrid(greys.map(grey), 4);
    expect([sheet.width, sheet.height]).toEqual([8, 4]);
    const file = await encodePicture(sheet, { format: 'png', upscale: 1 });
    for (const [index, value] of greys.entries()) {
      const cut = sharp(await cutFromSheet(file, { index, count: 4 }));
      expect(await cut.raw().toBuffer()).toEqual(Buffer.alloc(24, value));
    }
    const large = await encodePicture(sheet, { format: 'png', upscale: 2 });
    expect(await sharp(await cutFromSheet(large, { index: 3, count: 4 })).metadata()).toMatchObject({
      ...{ width: 8, height: 4 },
    });
  });

  it('keeps dark what is not painted yet, and stands in one row where there are two', () => {
    const sheet = composeGrid([grey(200)], 3);
    expect([sheet.width, sheet.height]).toEqual([8, 4]);
    expect([sheet.pixels[0], sheet.pixels[3 * 4], sheet.pixels[3 * 8 * 2]]).toEqual([200, 0x22, 0x22]);
    const pair = composeGrid([grey(1), grey(2)], 2);
    expect([pair.width, pair.height]).toEqual([8, 2]);
  });
});
