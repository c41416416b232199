import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writePicture } from '../../src/cli/picture-file.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import { readPngText } from '../../src/images/png-text.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { describeRequest } from '../../src/requests/describe-request.js';
import { encodeFinal, encodeFrame } from '../../src/workers/encode-event.js';
import { paintRequest } from '../ledger/fixtures.js';

const MANIFEST = 'f'.repeat(64);
const picture = { width: 8, height: 16, pixels: new Uint8Array(3 * 8 * 16).fill(100) };
const request = {
  ...paintRequest(),
  ...{ prompts: parsePrompts('a castle | fog:-0.3'), seed: 77, upscale: 4 as const },
};

describe('a painter process encodes', () => {
  it('the final picture enlarged as asked for, without loss, with its whole story', async () => {
    const { format, width, height, bytes } = await encodeFinal(
      { picture, upscale: request.upscale },
      describeRequest(request, MANIFEST),
    );
    expect([format, width, height]).toEqual(['png', 32, 64]);
    const decoded = await decodePicture(bytes);
    expect([decoded.width, decoded.height, decoded.pixels[0]]).toEqual([32, 64, 100]);
    expect(readPngText(bytes)).toMatchObject({
      ...{ Software: 'Easel', prompt: 'a castle | fog:-0.3', seed: '77', manifest: MANIFEST },
      parameters: JSON.stringify(request),
    });
  });

  it('the very bytes that the command line writes for the same request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'easel-doors-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'a.png');
    const finished = { picture, upscale: request.upscale };
    const metadata = describeRequest(request, MANIFEST);
    await writePicture(file, finished, metadata);
    expect(Buffer.compare(readFileSync(file), (await encodeFinal(finished, metadata)).bytes)).toBe(0);
  });

  it('a frame as large as the final picture, so that nobody scales it again', async () => {
    const { format, width, height, bytes } = await encodeFrame(picture, request);
    expect([format, width, height]).toEqual(['webp', 32, 64]);
    expect((await decodePicture(bytes)).width).toBe(32);
  });
});
