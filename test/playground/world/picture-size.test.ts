import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureSize } from '../../../src/playground/world/picture-size.js';

const picture = () => sharp({ create: { width: 317, height: 45, channels: 4, background: '#36a8' } });

describe('the size of a picture', () => {
  it.each([
    ['PNG', () => picture().png()],
    ['JPEG', () => picture().jpeg()],
    ['progressive JPEG', () => picture().jpeg({ progressive: true })],
    ['GIF', () => picture().gif()],
    ['lossy WebP with alpha', () => picture().webp()],
    ['lossy WebP', () => picture().removeAlpha().webp()],
    ['lossless WebP', () => picture().webp({ lossless: true })],
  ])('is read from a %s', async (_, encode) => {
    expect(pictureSize(await encode().toBuffer())).toEqual({ width: 317, height: 45 });
  });

  it('is unknown for anything else', () => {
    expect(pictureSize(new Uint8Array(100))).toBeUndefined();
    expect(pictureSize(new Uint8Array(3))).toBeUndefined();
    expect(
      pictureSize(Uint8Array.from({ length: 40 }, (_, i) => (i === 0 ? 0xff : i === 1 ? 0xd8 : 0))),
    ).toBeUndefined();
  });
});
