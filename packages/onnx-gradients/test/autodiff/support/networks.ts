import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { float32, type Tensor } from '../../../src/onnx/tensor.js';
import { FIXTURES } from '../../support/folders.js';

/** The folder that training/reference/make_fixtures.py writes. */
export const NETWORKS_FOLDER = join(FIXTURES, 'networks');

/** What PyTorch computed in float64 for one network. */
export interface Reference {
  readonly name: string;
  /** The network's exports, file names in the folder. */
  readonly exports: readonly string[];
  readonly input: Tensor;
  readonly output: Tensor;
  readonly cotangent: Tensor;
  /** By `input` and by names of weights. */
  readonly gradients: Readonly<Record<string, Tensor>>;
}

interface Packed {
  readonly shape: readonly number[];
  /** Little-endian float32. */
  readonly base64: string;
}

interface StoredReference {
  readonly exports: readonly string[];
  readonly input: Packed;
  readonly output: Packed;
  readonly cotangent: Packed;
  readonly gradients: Readonly<Record<string, Packed>>;
}

export function readReferences(): readonly Reference[] {
  const files = readdirSync(NETWORKS_FOLDER).filter((file) => file.endsWith('.json'));
  return files.map((file) => {
    // Written by our own script; a file of another form fails in unpack.
    const stored = JSON.parse(readFileSync(join(NETWORKS_FOLDER, file), 'utf8')) as StoredReference;
    const gradients = Object.entries(stored.gradients).map(
      ([name, packed]) => [name, unpack(packed)] as const,
    );
    return {
      name: file.slice(0, -'.json'.length),
      exports: stored.exports,
      input: unpack(stored.input),
      output: unpack(stored.output),
      cotangent: unpack(stored.cotangent),
      gradients: Object.fromEntries(gradients),
    };
  });
}

function unpack({ shape, base64 }: Packed): Tensor {
  const bytes = Buffer.from(base64, 'base64');
  const values = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
  return float32(shape, values);
}

/** ‖got − expected‖ / ‖expected‖. */
export function relativeError(got: Tensor | undefined, expected: Tensor): number {
  if (!got || got.data.length !== expected.data.length) return Number.POSITIVE_INFINITY;
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.data.length; i += 1) {
    difference += (Number(got.data[i]) - Number(expected.data[i])) ** 2;
    size += Number(expected.data[i]) ** 2;
  }
  return Math.sqrt(difference / size);
}
