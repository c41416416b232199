import type { Picture } from '../../contracts/picture.js';
import { createCodec } from '../../paint/latent/codec.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { drawScene } from './test-pictures.js';

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
    const grid = { rows: Math.round(height / factor), columns: Math.round(width / factor) };
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
