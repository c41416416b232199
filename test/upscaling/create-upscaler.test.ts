import { afterAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { createUpscaler } from '../../src/upscaling/create-upscaler.js';
import { enlargeAsAsked } from '../../src/upscaling/enlarge-as-asked.js';
import { tilesOf } from '../../src/upscaling/tiles.js';

const upscaler = createUpscaler(createRuntime({ provider: 'cpu', threads: 1 }));
afterAll(() => upscaler.release());

/** Waves of several lengths in each channel. */
function waves(width: number, height: number, left = 0, top = 0): Picture {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        const phase = ((x + left) * (c + 1)) / 9 + ((y + top) * (3 - c)) / 7;
        pixels[3 * (y * width + x) + c] = 128 + 100 * Math.sin(phase);
      }
    }
  }
  return { width, height, pixels };
}

function at({ width, pixels }: Picture, x: number, y: number): number[] {
  return [...pixels.slice(3 * (y * width + x), 3 * (y * width + x) + 3)];
}

describe('the learned upscaler', () => {
  it.each([2, 4] as const)(
    'makes a picture of any shape %i times as wide and high, and keeps what it shows',
    async (factor) => {
      const small = waves(37, 150);
      const large = await upscaler.enlarge(small, factor);
      expect([large.width, large.height]).toEqual([37 * factor, 150 * factor]);
      let difference = 0;
      for (let y = 0; y < small.height; y += 1) {
        for (let x = 0; x < small.width; x += 1) {
          const middle = at(large, x * factor + factor / 2, y * factor + factor / 2);
          difference += Math.abs((middle[0] ?? 0) - (at(small, x, y)[0] ?? 0));
        }
      }
      expect(difference / (small.width * small.height)).toBeLessThan(12);
    },
  );

  it('gives the same pixels wherever tiles meet: what the network can see of a neighbour is in every tile', async () => {
    const whole = await upscaler.enlarge(waves(160, 40), 2);
    // Shifted by 20, the border between tiles lies elsewhere in the picture.
    const shifted = await upscaler.enlarge(waves(140, 40, 20), 2);
    for (let x = 200; x < 290; x += 1) expect(at(whole, x, 40)).toEqual(at(shifted, x - 40, 40));
  });

  it('is used only where the request says so', async () => {
    const picture = waves(16, 16);
    expect(await enlargeAsAsked(picture, { upscale: 4 }, upscaler)).toEqual({ picture, upscale: 4 });
    expect(await enlargeAsAsked(picture, { upscale: 1, upscaler: 'learned' }, upscaler)).toEqual({
      picture,
      upscale: 1,
    });
    const { picture: enlarged, upscale } = await enlargeAsAsked(
      picture,
      { upscale: 2, upscaler: 'learned' },
      upscaler,
    );
    expect([enlarged.width, upscale]).toEqual([32, 1]);
  });
});

describe('tilesOf', () => {
  it('covers every pixel once', () => {
    expect(tilesOf({ width: 130, height: 128 }, 128)).toEqual([
      { left: 0, top: 0 },
      { left: 128, top: 0 },
    ]);
  });
});
