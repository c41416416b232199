import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isContinuedBy } from '../../requests/more-steps.js';
import { paintRequestSchema } from '../../requests/paint-request.js';
import { UserError } from '../../errors.js';
import type { Painting } from './painting.js';

/** `EASEL`, two zero bytes, and the version. */
const MAGIC = Buffer.from('EASEL\0\0\x01', 'latin1');
const HASH_BYTES = 32;
const MAX_HEADER_BYTES = 256 * 1024;
/** A latent of 2048² pixels at factor 8 and 512 channels, five times over, stays below this. */
export const LONGEST_STATE = 768 * 1024 * 1024;

/** The arrays behind the header, in this order. */
const ARRAYS = ['latent', 'first', 'second', 'average'] as const;

const word = z.int().min(0).max(0xffff_ffff);
const count = z.int().nonnegative();
const headerSchema = z.strictObject({
  request: paintRequestSchema,
  manifestHash: z.string().regex(/^[0-9a-f]{64}$/),
  dim: count.min(1).max(4096),
  rows: count.min(1).max(1024),
  columns: count.min(1).max(1024),
  step: count.min(1),
  loss: z.number(),
  random: z.tuple([word, word, word, word]),
  trend: z.strictObject({ mean: z.number(), least: z.number(), leastAt: count }).optional(),
  lengths: z.strictObject({ latent: count, first: count, second: count, average: count }),
});

/**
 * A painting as an `.easel` file, version 1: 8 bytes `EASEL\0\0\x01`; the header's length (uint32, little-endian); the header
 * (JSON: request, manifest hash, shape, step, loss, generator, array lengths); padding to 4 bytes; the latent, Adam's moments
 * and the average (float32, little-endian); sha256 of everything before.
 */
export function encodeState(painting: Painting): Uint8Array {
  const { request, manifestHash, dim, rows, columns, step, loss, random, trend } = painting;
  const lengths = Object.fromEntries(ARRAYS.map((name) => [name, painting[name].length]));
  const fields = { request, manifestHash, dim, rows, columns, step, loss, random, trend, lengths };
  const header = Buffer.from(JSON.stringify(fields));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const padding = Buffer.alloc(-header.length & 3);
  const arrays = ARRAYS.map((name) => bytesOf(painting[name]));
  const content = Buffer.concat([MAGIC, length, header, padding, ...arrays]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/**
 * Reads an `.easel` file, trusting nothing: sizes first, then the hash, then the header, then the arrays' lengths against its
 * shapes, and every number must be finite.
 *
 * @throws UserError in one sentence.
 */
export function decodeState(bytes: Uint8Array): Painting {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > LONGEST_STATE) throw refuse('it is too large');
  if (buffer.length < MAGIC.length + 4 + HASH_BYTES) throw refuse('it is too short');
  if (!buffer.subarray(0, MAGIC.length - 1).equals(MAGIC.subarray(0, -1))) throw refuse('it is none');
  if (buffer[MAGIC.length - 1] !== 1) throw refuse(`its version is ${buffer[MAGIC.length - 1]}, not 1`);
  const end = buffer.length - HASH_BYTES;
  const hash = createHash('sha256').update(buffer.subarray(0, end)).digest();
  if (!hash.equals(buffer.subarray(end))) throw refuse('it is damaged');
  const headerBytes = buffer.readUInt32LE(MAGIC.length);
  const headerEnd = MAGIC.length + 4 + headerBytes;
  if (headerBytes > MAX_HEADER_BYTES || headerEnd > end) throw refuse('its header is too long');
  const header = parseHeader(buffer.subarray(MAGIC.length + 4, headerEnd));
  const { lengths, ...fields } = header;
  let offset = MAGIC.length + 4 + headerBytes + (-headerBytes & 3);
  const size = ARRAYS.reduce((sum, name) => sum + lengths[name] * 4, offset);
  if (size !== end) throw refuse('its arrays do not fill it');
  const take = (name: (typeof ARRAYS)[number]) => {
    const array = floatsAt(buffer, offset, lengths[name]);
    offset += lengths[name] * 4;
    return array;
  };
  const arrays = { latent: take('latent'), first: take('first'), second: take('second') };
  return { ...fields, ...arrays, average: take('average') };
}

/** What a state must agree with to be continued. */
export interface StateContext {
  readonly request: Painting['request'];
  readonly manifestHash: string;
  readonly dim: number;
  /** The grid that the request has at the painting's step. */
  readonly grid: { readonly rows: number; readonly columns: number };
}

/**
 * Checks that a painting is one of this request on this model, or the first part of one.
 *
 * @throws UserError when it is not.
 */
export function assertContinues(painting: Painting, context: StateContext): void {
  const { request, manifestHash, dim, grid } = context;
  if (painting.manifestHash !== manifestHash)
    throw refuse('it was painted with another version of the model');
  if (!isContinuedBy(painting.request, request)) throw refuse('it belongs to another request');
  if (painting.dim !== dim || painting.rows !== grid.rows || painting.columns !== grid.columns) {
    throw refuse('its grid is not the one of its step');
  }
}

/** Whether bytes look like an `.easel` file, sound or not. */
export function isState(bytes: Uint8Array): boolean {
  return MAGIC.subarray(0, -1).equals(bytes.subarray(0, MAGIC.length - 1));
}

type Header = z.output<typeof headerSchema>;

function parseHeader(bytes: Buffer): Header {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw refuse('its header is not JSON', cause);
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) {
    throw refuse(`its header is wrong at ${parsed.error.issues[0]?.path.join('.') || 'its top'}`);
  }
  const { request, dim, rows, columns, step, lengths } = parsed.data;
  if (step > request.steps) throw refuse('it is beyond its last step');
  const size = dim * rows * columns;
  const averageSize = request.ema === undefined ? 0 : size;
  const wrong =
    lengths.latent !== size ||
    lengths.first !== size ||
    lengths.second !== size ||
    lengths.average !== averageSize;
  if (wrong) throw refuse('its arrays do not have the shape of its grid');
  return parsed.data;
}

function floatsAt(buffer: Buffer, offset: number, length: number): Float32Array {
  const array = Float32Array.from({ length }, (_, index) => buffer.readFloatLE(offset + index * 4));
  if (!array.every(Number.isFinite)) throw refuse('it holds numbers that are not finite');
  return array;
}

function bytesOf(array: Float32Array): Buffer {
  const bytes = Buffer.alloc(array.length * 4);
  for (const [index, value] of array.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
}

function refuse(reason: string, cause?: unknown): UserError {
  return new UserError(`The saved state cannot be continued: ${reason}.`, { cause });
}
