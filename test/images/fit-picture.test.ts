import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { EncodedPicture } from '../../src/contracts/picture.js';
import { encodePicture } from '../../src/images/encode-picture.js';
import { fitPicture } from '../../src/images/fit-picture.js';

/** Noise hardly compresses. */
async function noise(width: number, height: number, format: 'png' | 'webp' = 'png'): Promise<EncodedPicture> {
  let state = 1;
  const pixels = new Uint8Array(3 * width * height).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  const image = sharp(pixels, { raw: { width, height, channels: 3 } });
  return { format, width, height, bytes: await (format === 'png' ? image.png() : image.webp()).toBuffer() };
}

const big = 10 * 1024 * 1024;

async function expectTrue({ format, width, height, bytes }: EncodedPicture): Promise<void> {
  expect(await sharp(bytes).metadata()).toMatchObject({ format, width, height });
}

describe('fitting a picture into a message', () => {
  it('leaves one alone that fits', async () => {
    const picture = await noise(512, 600);
    expect(await fitPicture(picture, { maxBytes: big, minSide: 512, small: false })).toBe(picture);
  });

  it.each([
    [128, 128, 512, 512],
    [104, 160, 512, 788],
    [160, 104, 788, 512],
  ])('enlarges %i × %i until its shorter side is long enough', async (width, height, wide, high) => {
    const fitted = await fitPicture(await noise(width, height), {
      maxBytes: big,
      minSide: 512,
      small: false,
    });
    expect(fitted).toMatchObject({ format: 'png', width: wide, height: high });
    await expectTrue(fitted);
  });

  it('makes a frame small', async () => {
    const picture = await noise(512, 512);
    const fitted = await fitPicture(picture, { maxBytes: big, minSide: 512, small: true });
    expect(fitted.format).toBe('webp');
    expect(fitted.bytes.length).toBeLessThan(picture.bytes.length / 2);
    await expectTrue(fitted);
  });

  it('keeps what the picture says of itself when it is encoded again', async () => {
    const picture = await encodePicture(
      { width: 16, height: 16, pixels: new Uint8Array(3 * 256) },
      { format: 'png', metadata: { prompt: '富士山', seed: 1, parameters: '{}', manifest: '' } },
    );
    const fitted = await fitPicture(picture, { maxBytes: big, minSide: 512, small: true });
    expect((await sharp(fitted.bytes).metadata()).xmpAsString).toContain('富士山');
  });

  it('gives up losslessness before pixels, and pixels before it gives up', async () => {
    const picture = await noise(600, 600);
    const webp = await fitPicture(picture, { maxBytes: 600_000, minSide: 512, small: false });
    expect(webp).toMatchObject({ format: 'webp', width: 600 });
    expect(webp.bytes.length).toBeLessThanOrEqual(600_000);
    const tiny = await fitPicture(picture, { maxBytes: 20_000, minSide: 512, small: false });
    expect(tiny.width).toBeLessThan(600);
    expect(tiny.bytes.length).toBeLessThanOrEqual(20_000);
    await expectTrue(tiny);
    await expect(fitPicture(picture, { maxBytes: 10, minSide: 512, small: false })).rejects.toThrow(
      '10 bytes',
    );
  });
});
