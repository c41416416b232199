import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileSource } from '../../src/checkpoints/byte-source.js';
import { openCheckpoint } from '../../src/checkpoints/open-checkpoint.js';
import { openEntry, readZip } from '../../src/checkpoints/zip-archive.js';
import { UserError } from '../../src/errors.js';
import { writeZip, type ZipPart } from '../support/write-zip.js';

/** In all; `npm run test:mutants` tries ten thousand. */
const MUTANTS = Number(process.env['CHECKPOINT_MUTANTS'] ?? 600);
const NAMES = [
  'plain.pt',
  'lightning.ckpt',
  'script.pt',
  'legacy.pt',
  'plain.safetensors',
  'flax_model.msgpack',
  'deflated.pt',
  'around.zip',
];
const MOST_HELD_BYTES = 2 ** 29;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** xorshift32: numbers in 0…below − 1. */
function randomNumbers(seed: number): (below: number) => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const LENGTHS = [0, 0x7f, 0x80, 0xff, 0x2e, 0x28, 0x52, 0x62];

/** One to four small injuries: bits, bytes that mean something, cuts, repeats, swaps. */
function injured(bytes: Uint8Array, random: (below: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let count = 1 + random(4); count > 0 && result.length > 4; count -= 1) {
    const at = random(result.length);
    const length = 1 + random(Math.min(16, result.length - at));
    const piece = result.subarray(at, at + length);
    switch (random(6)) {
      case 0:
        result[at] = (result[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        result[at] = LENGTHS[random(LENGTHS.length)] ?? 0;
        break;
      case 2:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
        break;
      case 3:
        result = Buffer.concat([result.subarray(0, at), piece, piece, result.subarray(at + length)]);
        break;
      case 4:
        piece.fill(0xff);
        break;
      default:
        result.copy(result, at, random(result.length), random(result.length));
    }
  }
  return result;
}

/** An archive whose pickle alone is injured, and whose checksums are right again. */
async function injuredInside(path: string, random: (below: number) => number): Promise<Buffer> {
  const source = openFileSource(path);
  const archive = await readZip(source);
  const parts: ZipPart[] = [...archive.entries.values()].map((entry) => {
    const data = openEntry(archive, entry, 2 ** 20).read(0, entry.size);
    return { name: entry.name, data: entry.name.endsWith('data.pkl') ? injured(data, random) : data };
  });
  source.close();
  return writeZip(parts);
}

describe('a damaged checkpoint', () => {
  it.each(NAMES)('%s is read or refused in one sentence, whatever the damage', async (name) => {
    const fixture = new URL(`fixtures/${name}`, import.meta.url).pathname;
    const whole = await readFile(fixture);
    const path = join(folder, name);
    let refused = 0;
    for (let seed = 0; seed < MUTANTS / NAMES.length; seed += 1) {
      const random = randomNumbers(seed);
      const inside = seed % 2 === 1 && /\.(pt|ckpt)$/.test(name) && name !== 'legacy.pt';
      await writeFile(path, inside ? await injuredInside(fixture, random) : injured(whole, random));
      try {
        const checkpoint = await openCheckpoint(path);
        for (const tensor of checkpoint.tensors.values()) {
          try {
            tensor.read();
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            refused += 1;
          }
        }
        checkpoint.close();
      } catch (error) {
        if (!(error instanceof UserError)) throw new Error(`Seed ${seed} of ${name}`, { cause: error });
        expect(error.message.split('\n').length, error.message).toBe(1);
        refused += 1;
      }
      expect(process.memoryUsage().arrayBuffers, `seed ${seed}`).toBeLessThan(MOST_HELD_BYTES);
    }
    expect(refused).toBeGreaterThan(0);
  });
});
