import type { Picture } from '../../contracts/picture.js';
import { createCodec } from '../../paint/latent/codec.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { drawScene } from './test-pictures.js';

/** Pixels a side at most: larger pictures show nothing more, and installing should not need much memory. */
const LONGEST = 160;

/**
 * Encodes, quantises and decodes a built-in picture.
 *
 * @returns the peak signal-to-noise ratio of what comes back, in decibels.
 */
export async function measureCodec(model: LoadedModel, runtime: Runtime): Promise<number> {
  const { factor } = model.manifest.vqgan;
  const { width, height } = model.manifest.defaults;
  const codec = await createCodec(model, runtime);
  try {
    const cells = (side: number) => Math.round(Math.min(side, LONGEST) / factor);
    const grid = { rows: cells(height), columns: cells(width) };
    const picture = drawScene(grid.columns * factor, grid.rows * factor);
    return psnr(picture, await codec.decode(await codec.encode(picture, grid), grid));
  } finally {
    await codec.release();
  }
}

function psnr(expected: Picture, got: Picture): number {
  const squares = expected.pixels.reduce(
    (sum, value, index) => sum + (value - (got.pixels[index] ?? 0)) ** 2,
    0,
  );
  return 10 * Math.log10(255 ** 2 / Math.max(squares / expected.pixels.length, 1e-9));
}
