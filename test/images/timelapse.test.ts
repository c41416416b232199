import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { makeTimelapse } from '../../src/images/timelapse.js';

function flat(shade: number, width = 32, height = 48): Picture {
  return { width, height, pixels: new Uint8Array(3 * width * height).fill(shade) };
}

const film = [flat(0), flat(128), flat(255)];

describe('a timelapse', () => {
  it('as WebP is an animation that loops, shows every frame in order and rests on the last', async () => {
    const bytes = await makeTimelapse(film, 'webp', { framesPerSecond: 10, restSeconds: 2, upscale: 2 });
    const { pages, pageHeight, width, delay, loop } = await sharp(bytes, { pages: -1 }).metadata();
    expect({ pages, pageHeight, width, delay, loop }).toEqual({
      ...{ pages: 3, pageHeight: 96, width: 64, loop: 0 },
      delay: [100, 100, 2000],
    });
    for (const [page, shade] of [0, 128, 255].entries()) {
      const [red = -1] = await sharp(bytes, { page }).raw().toBuffer();
      expect(Math.abs(red - shade)).toBeLessThan(6);
    }
  });

  it('as MP4 holds H.264 of the frames and the rest', async () => {
    const bytes = Buffer.from(await makeTimelapse(film, 'mp4', { framesPerSecond: 10, restSeconds: 1 }));
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
    expect(bytes.includes('avc1')).toBe(true);
    // The table of sample sizes (ISO 14496-12, 8.7.3) counts the frames behind version, flags and common size.
    const table = bytes.indexOf('stsz');
    expect(bytes.readUInt32BE(table + 12)).toBe(3 + 10);
  });

  it('takes odd sides, and is as large as its largest picture: the first ones may be coarse', async () => {
    const odd = [flat(200, 16, 16), flat(0, 33, 31)];
    expect((await makeTimelapse(odd, 'mp4')).length).toBeGreaterThan(500);
    const { width, pageHeight } = await sharp(await makeTimelapse(odd, 'webp'), { pages: -1 }).metadata();
    expect([width, pageHeight]).toEqual([33, 31]);
  });

  it('needs a picture', async () => {
    await expect(makeTimelapse([], 'webp')).rejects.toThrow('at least one picture');
  });
});
