import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { paintRequestSchema } from '../../../src/requests/paint-request.js';
import type { Painting } from '../../../src/paint/latent/painting.js';
import { decodeState, encodeState } from '../../../src/paint/latent/saved-state.js';

const request = paintRequestSchema.parse({
  ...{ version: 1, prompts: [{ text: 'ein Löwe' }], model: 'tiny', width: 32, height: 48, steps: 9, seed: 1 },
  ...{ start: 'noise', cutouts: 4, frames: {}, upscale: 1, ema: 0.9 },
});

function painting(): Painting {
  const array = (start: number) => Float32Array.from({ length: 3 * 6 * 4 }, (_, index) => start + index / 7);
  return {
    ...{ request, manifestHash: 'b'.repeat(64), dim: 3, rows: 6, columns: 4, step: 4, loss: 0.123456789 },
    ...{
      latent: array(0),
      first: array(1),
      second: array(2),
      average: array(3),
      random: [1, 2, 3, 0xffff_ffff],
    },
  };
}

/** The state with its header (and nothing else) changed and the hash made right again. */
function withHeader(change: (header: Record<string, unknown>) => void): Uint8Array {
  const bytes = Buffer.from(encodeState(painting()));
  const length = bytes.readUInt32LE(8);
  const header = JSON.parse(bytes.toString('utf8', 12, 12 + length));
  change(header);
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(text.length);
  const arrays = bytes.subarray(12 + length + (-length & 3), -32);
  return sealed(Buffer.concat([bytes.subarray(0, 8), prefix, text, Buffer.alloc(-text.length & 3), arrays]));
}

function sealed(content: Buffer): Uint8Array {
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

describe('a saved state', () => {
  it('comes back as it went', () => {
    expect(decodeState(encodeState(painting()))).toEqual(painting());
  });

  it('is read from any offset in a larger buffer', () => {
    const bytes = encodeState(painting());
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeState(shifted)).toEqual(painting());
  });

  it.each([0, 1, 7, 8, 11, 12, 40, 200, 700])('is refused when cut to %d bytes', (length) => {
    expect(() => decodeState(encodeState(painting()).subarray(0, length))).toThrow('cannot be continued');
  });

  it('is refused after any flipped bit', () => {
    const bytes = encodeState(painting());
    for (let index = 0; index < bytes.length; index += 13) {
      const damaged = Uint8Array.from(bytes);
      damaged[index] = (damaged[index] ?? 0) ^ 4;
      expect(() => decodeState(damaged)).toThrow('cannot be continued');
    }
  });

  it('names another version', () => {
    const bytes = Buffer.from(encodeState(painting())).subarray(0, -32);
    bytes[7] = 2;
    expect(() => decodeState(sealed(bytes))).toThrow('its version is 2, not 1');
  });

  it.each<readonly [string, (header: Record<string, unknown>) => void, string]>([
    ['a grid that its arrays do not have', (h) => Object.assign(h, { rows: 7 }), 'shape of its grid'],
    ['a huge grid', (h) => Object.assign(h, { rows: 1e9 }), 'wrong at rows'],
    ['a step beyond the last', (h) => Object.assign(h, { step: 10 }), 'beyond its last step'],
    ['a request that is none', (h) => Object.assign(h, { request: { version: 1 } }), 'wrong at request'],
    ['a generator that is none', (h) => Object.assign(h, { random: [1, 2, 3] }), 'wrong at random'],
    ['a field nobody knows', (h) => Object.assign(h, { extra: 1 }), 'header is wrong'],
    [
      'lengths that overrun it',
      (h) => Object.assign(h, { lengths: { latent: 1e9, first: 72, second: 72, average: 72 } }),
      'arrays',
    ],
    [
      'a polluting key',
      (h) => Object.defineProperty(h, '__proto__', { value: { a: 1 }, enumerable: true }),
      'cannot',
    ],
  ])('is refused with %s, though its hash is right', (_, change, message) => {
    expect(() => decodeState(withHeader(change))).toThrow(message);
  });

  it('is refused with numbers that are not finite', () => {
    const poisoned = painting();
    poisoned.second[5] = Number.NaN;
    expect(() => decodeState(encodeState(poisoned))).toThrow('not finite');
  });

  it('is refused with a header longer than itself', () => {
    const bytes = Buffer.from(encodeState(painting())).subarray(0, -32);
    bytes.writeUInt32LE(0xffff_fff0, 8);
    expect(() => decodeState(sealed(bytes))).toThrow('header is too long');
  });
});
