import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import { encodePicture } from '../../src/images/encode-picture.js';
import { readPngText, writePngText } from '../../src/images/png-text.js';
import { composeSheet } from '../../src/images/sheet.js';

const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot);/g, (_, name: 'amp' | 'lt' | 'gt' | 'quot') => ENTITIES[name]);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** A red-to-blue gradient with one green corner. */
function gradient(width: number, height: number): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    const share = (index % width) / Math.max(width - 1, 1);
    pixels.set([255 * (1 - share), 0, 255 * share], index * 3);
  }
  pixels.set([0, 255, 0]);
  return { width, height, pixels };
}

describe('encodePicture', () => {
  it('keeps every pixel in a PNG', async () => {
    const picture = gradient(7, 5);
    const { bytes, width, height } = await encodePicture(picture, { format: 'png' });
    expect([width, height]).toEqual([7, 5]);
    expect(await decodePicture(bytes)).toEqual({ ...picture, pixels: Buffer.from(picture.pixels) });
  });

  it('gives the same bytes for the same picture', async () => {
    const options = {
      format: 'png',
      metadata: { prompt: 'ä', seed: 1, parameters: '{}', manifest: '' },
    } as const;
    const [first, second] = await Promise.all([1, 2].map(() => encodePicture(gradient(9, 9), options)));
    expect(first).toEqual(second);
  });

  it('multiplies the sides when it upscales', async () => {
    const { bytes, width } = await encodePicture(gradient(8, 4), { format: 'webp', upscale: 4 });
    const decoded = await decodePicture(bytes);
    expect([width, decoded.width, decoded.height]).toEqual([32, 32, 16]);
  });

  it('writes prompt, seed and parameters into a PNG that decoders still read', async () => {
    const metadata = {
      prompt: 'ein Löwe | 富士山',
      seed: 4_294_967_295,
      parameters: '{"steps":1}',
      manifest: 'f'.repeat(64),
    };
    const { bytes } = await encodePicture(gradient(8, 8), { format: 'png', metadata });
    expect(readPngText(bytes)).toMatchObject({ Software: 'Easel', ...metadata, seed: '4294967295' });
    expect((await sharp(bytes).metadata()).width).toBe(8);
  });

  it.each(['jpeg', 'webp'] as const)('writes the prompt into the EXIF of a %s', async (format) => {
    const metadata = { prompt: 'a red apple', seed: 7, parameters: '{"steps":1}', manifest: 'f'.repeat(64) };
    const { bytes } = await encodePicture(gradient(8, 8), { format, metadata });
    const { exif } = await sharp(bytes).metadata();
    expect(exif?.toString('latin1')).toContain('a red apple');
    expect(exif?.toString('latin1')).toContain('seed 7; {"steps":1}');
  });

  it.each(['png', 'jpeg', 'webp'] as const)(
    'loses no script and no sign of a prompt in a %s',
    async (format) => {
      const prompt = '富士山 <été> & "ночь" 🌙\u0007';
      const metadata = { prompt, seed: 7, parameters: JSON.stringify({ prompt }), manifest: '' };
      const { bytes } = await encodePicture(gradient(8, 8), { format, metadata });
      const { xmpAsString = '', exif } = await sharp(bytes).metadata();
      expect(xmpAsString).toContain('富士山 &lt;été&gt; &amp; &quot;ночь&quot; 🌙<');
      expect(xmpAsString).toContain('<easel:seed>7</easel:seed>');
      const parameters = unescaped(
        /<easel:parameters>(.*)<\/easel:parameters>/s.exec(xmpAsString)?.[1] ?? '',
      );
      expect(JSON.parse(parameters)).toEqual({ prompt });
      if (format === 'png') return;
      const comment = /seed 7; (\{.*\})/.exec(exif?.toString('latin1') ?? '')?.[1] ?? '';
      expect(JSON.parse(comment)).toEqual({ prompt });
      expect(exif?.toString('latin1')).not.toContain('?');
    },
  );
});

describe('decodePicture', () => {
  const limits = { bytes: 100_000, pixels: 10_000 };

  it('turns pictures upright and puts transparency on white', async () => {
    const rotated = await sharp({
      create: { width: 6, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .withMetadata({ orientation: 6 })
      .webp({ lossless: true })
      .toBuffer();
    const picture = await decodePicture(rotated, limits);
    expect([picture.width, picture.height]).toEqual([2, 6]);
    expect(new Set(picture.pixels)).toEqual(new Set([255]));
  });

  it('gives three channels for greyscale and palette pictures', async () => {
    const grey = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#808080' } })
      .greyscale()
      .png()
      .toBuffer();
    expect((await decodePicture(grey, limits)).pixels.length).toBe(48);
  });

  it.each<readonly [string, (image: Sharp) => Promise<Buffer>]>([
    ['a 16-bit PNG', (image) => image.toColourspace('rgb16').png().toBuffer()],
    ['an interlaced PNG', (image) => image.png({ progressive: true }).toBuffer()],
    ['a PNG with a palette', (image) => image.png({ palette: true }).toBuffer()],
    ['a progressive JPEG', (image) => image.jpeg({ progressive: true, quality: 100 }).toBuffer()],
    ['a CMYK JPEG', (image) => image.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()],
    ['a GIF', (image) => image.gif().toBuffer()],
    ['a WebP', (image) => image.webp({ lossless: true }).toBuffer()],
    ['an AVIF', (image) => image.avif({ lossless: true }).toBuffer()],
    ['a PNG with a wider colour space', (image) => image.withIccProfile('p3').png().toBuffer()],
  ])('reads %s', async (_, encode) => {
    const bytes = await encode(
      sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 120, b: 60 } } }),
    );
    const { width, height, pixels } = await decodePicture(bytes, limits);
    expect([width, height]).toEqual([8, 8]);
    for (const [channel, wanted] of [200, 120, 60].entries()) {
      expect(Math.abs((pixels[3 * 27 + channel] ?? 0) - wanted)).toBeLessThan(30);
    }
  });

  it('turns a JPEG as its EXIF says, flips included', async () => {
    const { pixels } = gradient(12, 4);
    const raw = { width: 12, height: 4, channels: 3 } as const;
    const jpeg = (orientation: number) =>
      sharp(pixels, { raw }).jpeg({ quality: 100 }).withMetadata({ orientation }).toBuffer();
    const turned = await decodePicture(await jpeg(8), limits);
    expect([turned.width, turned.height]).toEqual([4, 12]);
    // A quarter to the left: red comes down, blue goes up.
    expect([turned.pixels[2], turned.pixels.at(-3)].every((value = 0) => value > 200)).toBe(true);
    const flipped = await decodePicture(await jpeg(2), limits);
    expect(flipped.pixels[2]).toBeGreaterThan(200);
    expect(flipped.pixels.at(-3)).toBeGreaterThan(200);
  });

  it('takes the first frame of a GIF that moves', async () => {
    const frames = Buffer.concat([Buffer.alloc(3 * 64, 10), Buffer.alloc(3 * 64, 240)]);
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const gif = await sharp(frames, { raw })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const { height, pixels } = await decodePicture(gif, limits);
    expect(height).toBe(8);
    expect(Math.max(...pixels)).toBeLessThan(30);
  });

  it('believes what a header says of a size before it decodes anything', async () => {
    const { bytes } = await encodePicture(gradient(8, 8), { format: 'png' });
    const header = Buffer.from(bytes.subarray(12, 29));
    header.writeUInt32BE(60_000, 4);
    header.writeUInt32BE(60_000, 8);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(header));
    const bomb = Buffer.concat([bytes.subarray(0, 12), header, sum, bytes.subarray(33)]);
    await expect(decodePicture(bomb, limits)).rejects.toThrow('larger than allowed');
  });

  it('tells who gives a phone’s HEIC what to do', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    await expect(decodePicture(heic, limits)).rejects.toThrow('got HEIC: save or share it as JPEG.');
    // A container that names its codec only among the brands it is compatible with.
    const general = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1');
    await expect(decodePicture(general, limits)).rejects.toThrow('got HEIC');
    const film = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomavc1', 'latin1');
    await expect(decodePicture(film, limits)).rejects.toThrow('got something else');
  });

  it('reads an AVIF that names its codec only among the brands it is compatible with', async () => {
    const { pixels, ...raw } = gradient(32, 24);
    const avif = await sharp(pixels, { raw: { ...raw, channels: 3 } })
      .avif()
      .toBuffer();
    avif.write('mif1', 8, 'latin1');
    expect(await decodePicture(avif, limits)).toMatchObject({ width: 32, height: 24 });
  });

  it('refuses too many bytes, too many pixels, and formats that are not on the list', async () => {
    const { bytes } = await encodePicture(gradient(101, 100), { format: 'png' });
    await expect(decodePicture(bytes, limits)).rejects.toThrow('larger than allowed');
    await expect(decodePicture(new Uint8Array(100_001), limits)).rejects.toThrow('at most 0.1 MB');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(decodePicture(svg, limits)).rejects.toThrow('got something else');
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj');
    await expect(decodePicture(pdf, limits)).rejects.toThrow('got something else');
    await expect(decodePicture(new Uint8Array(), limits)).rejects.toThrow('got something else');
  });

  it('refuses a truncated and a lying picture', async () => {
    const { bytes } = await encodePicture(gradient(90, 90), { format: 'png' });
    await expect(decodePicture(bytes.subarray(0, bytes.length - 40), limits)).rejects.toThrow('damaged');
    const svg = '\x89PNG\r\n\x1a\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    await expect(decodePicture(Buffer.from(svg, 'latin1'), limits)).rejects.toThrow('damaged');
  });
});

describe('writePngText', () => {
  it('refuses bytes that are no PNG and keywords that are none', async () => {
    expect(() => writePngText(new Uint8Array(100), { a: 'b' })).toThrow('Expected a PNG');
    const { bytes } = await encodePicture(gradient(2, 2), { format: 'png' });
    expect(() => writePngText(bytes, { '': 'b' })).toThrow('keyword');
  });
});

describe('composeSheet', () => {
  it('lays pictures in rows with captions', async () => {
    const entries = ['one', '<two> & "three"', 'four'].map((caption) => ({
      caption,
      picture: gradient(16, 8),
    }));
    const sheet = await composeSheet(entries, { columns: 2, cell: 32, format: 'png' });
    const decoded = await decodePicture(sheet.bytes);
    expect([decoded.width, decoded.height]).toEqual([sheet.width, sheet.height]);
    // The second row's second cell is empty: white.
    const corner = decoded.pixels.subarray(-3 * 20, -3 * 10);
    expect(new Set(corner)).toEqual(new Set([255]));
  });
});
