import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectPictures, readPaintedBefore } from '../../src/cli/painted-before.js';
import { encodePicture } from '../../src/images/encode-picture.js';
import { asGiven } from '../../src/requests/as-given.js';
import { describeRequest } from '../../src/requests/describe-request.js';
import { paintRequest } from '../ledger/fixtures.js';

const picture = { width: 8, height: 8, pixels: new Uint8Array(3 * 64).fill(90) };
const request = paintRequest({
  prompts: [{ text: 'een “kasteel” & 火 <b>', weight: 2 }],
  upscale: 2,
  ema: 0.9,
});

const MANIFEST = 'f'.repeat(64);
const told = (changes: object) => JSON.stringify({ ...request, ...changes });

/** 200 MB of nothing in 200 kB. */
const BOMB = deflateSync(Buffer.alloc(200e6));

/** A chunk of a PNG, its checksum right. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function fileWith(bytes: Uint8Array | string, name = 'picture.png'): string {
  const folder = mkdtempSync(join(tmpdir(), 'easel-info-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** A picture whose XMP says something of ours. */
async function claiming(parameters: string): Promise<string> {
  const escaped = parameters.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><easel:parameters>${escaped}</easel:parameters></x:xmpmeta>`;
  const raw = { width: 8, height: 8, channels: 3 } as const;
  return fileWith(await sharp(picture.pixels, { raw }).withXmp(xmp).webp().toBuffer());
}

describe('a picture painted before', () => {
  it.each(['png', 'webp', 'jpeg'] as const)(
    'tells its whole request, from a %s, in any script',
    async (format) => {
      const { bytes } = await encodePicture(picture, {
        format,
        metadata: describeRequest(request, MANIFEST),
      });
      const told = await readPaintedBefore(fileWith(bytes));
      expect(told.request).toEqual(request);
      expect(told.story.manifest).toBe(MANIFEST);
    },
  );

  it('may tell nothing', async () => {
    const { bytes } = await encodePicture(picture, { format: 'png' });
    expect(await readPaintedBefore(fileWith(bytes))).toMatchObject({
      request: undefined,
      story: { width: 8 },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['another form', '{"version":1,"prompts":"all"}'],
    ['a value out of range', JSON.stringify({ ...request, steps: 1e9 })],
    ['a path in place of a hash', told({ init: { image: '../../etc/passwd', strength: 1, pull: 0 } })],
    ['a hash that is none', told({ palette: { image: 'G'.repeat(64), pull: 1 } })],
    ['a list in place of all', '[]'],
    ['nothing', 'null'],
    ['what would change every object', '{"__proto__":{"steps":1}}'],
    ['nests without end', '['.repeat(50_000)],
    ['more than it should', JSON.stringify({ ...request, dataDir: '/etc' })],
  ])('is refused in a sentence when it tells %s', async (_, parameters) => {
    await expect(readPaintedBefore(await claiming(parameters))).rejects.toThrow(
      /says of how it was painted is damaged: /,
    );
  });

  it.each<readonly [string, Buffer]>([
    ['a compressed text that swells', chunk('zTXt', Buffer.concat([Buffer.from('parameters\0\0'), BOMB]))],
    [
      'compressed XMP that swells',
      chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), BOMB])),
    ],
    ['a long text', chunk('tEXt', Buffer.concat([Buffer.from('parameters\0'), Buffer.alloc(4e6, 'x')]))],
    ['a keyword without an end', chunk('iTXt', Buffer.alloc(5000, 'k'))],
    [
      'a length beyond its end',
      Buffer.concat([Buffer.from([0x7f, 0xff, 0xff, 0xff]), Buffer.from('iTXtab')]),
    ],
  ])('tells nothing, and costs little, with %s', async (_, foreign) => {
    const { bytes } = await encodePicture(picture, { format: 'png' });
    const file = fileWith(Buffer.concat([bytes.subarray(0, 33), foreign, bytes.subarray(33)]));
    const before = process.memoryUsage().rss;
    const told = await readPaintedBefore(file).catch((error: unknown) => error);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    if (told instanceof Error) expect(told.message).toContain('Expected a picture');
    else expect(told).toMatchObject({ request: undefined });
  });

  it('is not believed beyond a length', async () => {
    const endless = JSON.stringify({ ...request, prompts: [{ text: 'x'.repeat(300_000) }] });
    expect((await readPaintedBefore(await claiming(endless))).request).toBeUndefined();
  });

  it.each([
    ['that is none', 'just text'],
    ['that is cut off', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ])('is refused as a file %s', async (_, bytes) => {
    await expect(readPaintedBefore(fileWith(bytes))).rejects.toThrow('Expected a picture');
  });
});

describe('asGiven', () => {
  it('asks for what the request had, all but pictures', () => {
    expect(asGiven(request)).toEqual({
      ...{ prompts: request.prompts, size: { width: 64, height: 64 }, steps: 10, seed: 7 },
      ...{ cutouts: 4, start: 'noise', upscale: 2, ema: 0.9 },
    });
  });
});

describe('expectPictures', () => {
  const sha = 'a'.repeat(64);
  const asked = paintRequest({
    start: 'picture',
    init: { image: sha, strength: 1, pull: 0 },
    imagePrompts: [{ image: sha, weight: 1 }],
  });

  it('names every picture that has to be given again', () => {
    expect(() => expectPictures({ request: asked }, { given: {} })).toThrow(
      new RegExp(`--init\` \\(sha256 ${sha}\\) and \`--image-prompt\` \\(sha256 ${sha}\\)`),
    );
  });

  it('does not ask who goes on for the picture it began with, unless it is held near it', () => {
    const resumed = { request: asked, state: new Uint8Array() };
    const given = { given: { imagePrompt: [{ image: sha, weight: 1 }] } };
    expect(() => expectPictures({ request: asked, resumed }, given)).not.toThrow();
    const held = { ...asked, init: { image: sha, strength: 1, pull: 1 } };
    expect(() => expectPictures({ request: held, resumed }, given)).toThrow('--init');
  });

  it('is content with pictures in their place', () => {
    expect(() =>
      expectPictures(
        { request: asked },
        {
          given: { init: sha, imagePrompt: [{ image: sha, weight: 1 }] },
        },
      ),
    ).not.toThrow();
  });
});
