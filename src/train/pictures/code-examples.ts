import type { Picture } from '../../contracts/picture.js';
import type { Codec } from '../../paint/latent/codec.js';
import type { Grid } from '../../paint/latent/codes.js';
import type { PictureFolder } from './open-folder.js';

/** The pictures of a folder as code indices in raster order, each encoded at its first use and kept. */
export interface CodeExamples {
  codes(example: number, isMirrored: boolean): Promise<Int32Array>;
}

export function createCodeExamples(folder: PictureFolder, codec: Codec, grid: Grid): CodeExamples {
  const kept = new Map<string, Int32Array>();
  return {
    codes: async (example, isMirrored) => {
      const key = `${example} ${isMirrored}`;
      const known = kept.get(key);
      if (known) return known;
      const picture = await folder.picture(example);
      const codes = await codec.encode(isMirrored ? mirror(picture) : picture, grid);
      kept.set(key, codes);
      return codes;
    },
  };
}

/** Left and right exchanged. */
function mirror({ width, height, pixels }: Picture): Picture {
  const mirrored = new Uint8Array(pixels.length);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const from = (row * width + column) * 3;
      mirrored.set(pixels.subarray(from, from + 3), (row * width + width - 1 - column) * 3);
    }
  }
  return { width, height, pixels: mirrored };
}
