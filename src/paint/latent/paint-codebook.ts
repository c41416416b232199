import type { Picture } from '../../contracts/picture.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import type { Codec } from './codec.js';

/** Cells of the square in which a code is decoded, and of the ring that is cut away because neighbours show in it. */
const CELLS = 4;
const RING = 1;
/** Codes decoded at a time. */
const BAND = 16;

/** A picture of all codes, each as the decoder paints a patch of it, in raster order on about a square. */
export async function paintCodebook({ manifest }: LoadedModel, codec: Codec): Promise<Picture> {
  const { codes, factor } = manifest.vqgan;
  const perRow = Math.ceil(Math.sqrt(codes));
  const tile = (CELLS - 2 * RING) * factor;
  const [width, height] = [perRow * tile, Math.ceil(codes / perRow) * tile];
  const pixels = new Uint8Array(width * height * 3).fill(255);
  for (let first = 0; first < codes; first += BAND) {
    const grid = { rows: CELLS, columns: CELLS * BAND };
    const cells = Int32Array.from({ length: grid.rows * grid.columns }, (_, index) =>
      Math.min(codes - 1, first + Math.floor((index % grid.columns) / CELLS)),
    );
    const band = await codec.decode(cells, grid);
    for (let code = first; code < Math.min(codes, first + BAND); code += 1) {
      const [left, top] = [(code % perRow) * tile, Math.floor(code / perRow) * tile];
      const from = ((code - first) * CELLS + RING) * factor;
      for (let y = 0; y < tile; y += 1) {
        const start = ((RING * factor + y) * band.width + from) * 3;
        pixels.set(band.pixels.subarray(start, start + tile * 3), ((top + y) * width + left) * 3);
      }
    }
  }
  return { width, height, pixels };
}
