import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/contracts/picture.js';
import { packageRoot } from '../../src/package-root.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { createAdultClassifier } from '../../src/safety/adult-classifier.js';
import { classifierInput } from '../../src/safety/classifier-input.js';

const classifier = createAdultClassifier(createRuntime({ provider: 'cpu', threads: 1 }));
afterAll(() => classifier.release());

function flat(red: number, green: number, blue: number): Picture {
  const pixels = Uint8Array.from({ length: 3 * 64 * 64 }, (_, at) => [red, green, blue][at % 3] ?? 0);
  return { width: 64, height: 64, pixels };
}

/** Red grows to the right, green downwards. */
function gradient(width: number, height: number): Picture {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixels.set([(255 * x) / (width - 1), (255 * y) / (height - 1), 128], 3 * (y * width + x));
    }
  }
  return { width, height, pixels };
}

describe('the adult-content classifier', () => {
  it('gives the numbers that its published preprocessing gives in Python', async () => {
    expect(await classifier.judge(flat(224, 172, 140))).toBeCloseTo(0.2143, 2);
    expect(await classifier.judge(gradient(192, 128))).toBeCloseTo(0.0001, 3);
  });

  it('finds the embedded pictures harmless', async () => {
    const { data, info } = await sharp(join(packageRoot(), 'docs', 'pocket-sheet.png'))
      .extract({ left: 0, top: 0, width: 300, height: 300 })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const judged = await classifier.judge({ width: info.width, height: info.height, pixels: data });
    expect(judged).toBeLessThan(0.05);
  });

  it('is the published file, byte for byte', async () => {
    const bytes = await readFile(join(packageRoot(), 'models', 'safety', 'open-nsfw.onnx'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa',
    );
  });
});

describe('classifierInput', () => {
  it('puts blue first and takes the mean away', async () => {
    const { shape, data } = await classifierInput(flat(255, 0, 0));
    expect(shape).toEqual([1, 224, 224, 3]);
    const [blue = 0, green = 0, red = 0] = Array.from(data.slice(0, 3) as Float32Array);
    expect(Math.abs(blue - -104)).toBeLessThan(3);
    expect(Math.abs(green - -117)).toBeLessThan(3);
    expect(Math.abs(red - 132)).toBeLessThan(3);
  });

  it('cuts the middle out of the squeezed picture', async () => {
    const { data } = await classifierInput(gradient(192, 128));
    const values = data as Float32Array;
    const redAt = (x: number, y: number) => (values[3 * (224 * y + x) + 2] ?? 0) + 123;
    expect(redAt(0, 112)).toBeCloseTo((255 * 16) / 255, -1);
    expect(redAt(223, 112)).toBeCloseTo((255 * 239) / 255, -1);
  });
});
