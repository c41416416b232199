import { describe, expect, it } from 'vitest';
import { paintRequestSchema } from '../../../src/requests/paint-request.js';
import { averaged, onGrid, type Painting, shownLatent } from '../../../src/paint/latent/painting.js';

function painting(ema: number | undefined, latent: number[], average: number[]): Painting {
  const request = paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a' }], model: 'tiny', width: 32, height: 32, steps: 9, seed: 1 },
    ...{ start: 'noise', cutouts: 1, frames: {}, upscale: 1, ...(ema !== undefined && { ema }) },
  });
  const moments = { first: new Float32Array(latent.length), second: new Float32Array(latent.length) };
  return {
    ...{ request, manifestHash: '', dim: 1, rows: 1, columns: latent.length, step: 3, loss: 1, ...moments },
    ...{ latent: Float32Array.from(latent), average: Float32Array.from(average), random: [1, 2, 3, 4] },
  };
}

describe('the moving average', () => {
  it('of equal latents is that latent, however few they were', () => {
    let average: Float32Array = new Float32Array(2);
    for (const count of [1, 2, 3]) {
      average = averaged(average, Float32Array.from([4, -8]), 0.75);
      expect([...shownLatent(painting(0.75, [0, 0], [...average]), count)].map(Math.fround)).toEqual([4, -8]);
    }
  });

  it('weighs older latents less by its decay', () => {
    const twice = averaged(averaged(new Float32Array(1), Float32Array.of(1), 0.5), Float32Array.of(4), 0.5);
    const [shown] = shownLatent(painting(0.5, [0], [...twice]), 2);
    expect(shown).toBeCloseTo((0.5 * 1 + 4) / 1.5, 6);
  });

  it('is not shown when it is off or has seen nothing', () => {
    expect([...shownLatent(painting(undefined, [5], []), 3)]).toEqual([5]);
    expect([...shownLatent(painting(0.9, [5], [0]), 0)]).toEqual([5]);
  });
});

describe('onGrid', () => {
  it('repeats every cell, rows and columns and channels for themselves', () => {
    const latent = Float32Array.from([1, 2, 3, 4, 10, 20, 30, 40]);
    const grown = onGrid(latent, { dim: 2, rows: 2, columns: 2 }, { rows: 4, columns: 4 });
    expect([...grown.slice(0, 16)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    expect([...grown.slice(16)]).toEqual([10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40]);
  });

  it('leaves an odd side one short, spread evenly', () => {
    const grown = onGrid(
      Float32Array.from([1, 2, 3]),
      { dim: 1, rows: 1, columns: 3 },
      { rows: 1, columns: 5 },
    );
    expect([...grown]).toEqual([1, 1, 2, 2, 3]);
  });
});
