import { elementCount, float32, type Shape } from 'onnx-gradients/graph';
import type { WeightSource } from './weight-source.js';

/**
 * Random parameters for measurements and tests: every element is a hash of seed, name and index, so each tensor is the
 * same whatever else was asked for, and other programs can repeat it (training/reference/architectures_weights.py).
 *
 * Matrices and kernels are uniform with variance 1 / fan-in, which keeps activations near unit size; one-dimensional
 * weights (scales of normalisations) and variances lie around 1, all other vectors around 0.
 */
export function randomWeights(seed: number): WeightSource {
  return (name, shape) => {
    const start = (hashOf(name) ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
    const [centre, spread] = distributionOf(name, shape);
    const values = new Float32Array(elementCount(shape));
    for (let index = 0; index < values.length; index += 1) {
      values[index] = centre + spread * signedUnit(mix((start + Math.imul(index, 0x9e3779b1)) >>> 0));
    }
    return float32(shape, values);
  };
}

/** Centre and half-width of the uniform distribution; a uniform on ±√(3/n) has variance 1/n. */
function distributionOf(name: string, shape: Shape): readonly [centre: number, spread: number] {
  if (shape.length > 1) return [0, Math.sqrt(3 / elementCount(shape.slice(1)))];
  return [/\.(weight|running_var)$/.test(name) ? 1 : 0, 0.1];
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every input bit changes about half of the output's. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const signedUnit = (bits: number) => bits / 2 ** 31 - 1;
