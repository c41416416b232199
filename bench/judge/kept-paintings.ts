import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../src/contracts/picture.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import type { LoadedModel } from '../../src/zoo/load-model.js';
import type { Manner, Painted } from './contestants.js';

/**
 * Paints what the folder does not hold yet, so that an interrupted judgement or sheet goes on where it was. Pictures are known by their prompt, by how
 * they are painted, and by the model's files; whoever changes how Easel paints takes another folder.
 */
export async function keptOrPainted(
  prompt: string,
  options: { folder: string; model: LoadedModel; manner: Manner; paint: () => Promise<Painted> },
): Promise<Painted> {
  const { folder, model, manner, paint } = options;
  const key = createHash('sha256')
    .update(JSON.stringify([prompt, manner, model.manifest]))
    .digest('hex');
  const name = `${prompt.replace(/[^a-z0-9]+/gi, '-')}-${manner.start ?? 'own'}-${manner.seed}-${key.slice(0, 12)}`;
  const files = { start: join(folder, `${name}-start.png`), end: join(folder, `${name}.png`) };
  // The end is written last: where it is, the start is too.
  if (existsSync(files.end)) {
    const start = existsSync(files.start) ? await read(files.start) : undefined;
    return { start, end: await read(files.end) };
  }
  const painted = await paint();
  mkdirSync(folder, { recursive: true });
  if (painted.start) writeFileSync(files.start, await asPng(painted.start));
  writeFileSync(files.end, await asPng(painted.end));
  return painted;
}

function read(file: string): Promise<Picture> {
  return decodePicture(readFileSync(file));
}

function asPng({ width, height, pixels }: Picture): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
