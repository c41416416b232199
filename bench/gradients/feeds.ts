import { tensor } from 'onnx-gradients/graph';
import type { Feeds } from '../../src/runtime/runtime.js';
import type { GraphWork } from './contestant.js';

type Input = GraphWork['graphs'][number]['inputs'][number];

/** Positive numbers below 1 for floats, 0 for integers (offsets). */
export function feedsFor(inputs: readonly Input[]): Feeds {
  return Object.fromEntries(inputs.map((input) => [input.name, noise(input)]));
}

function noise({ elementType, shape }: Input) {
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  if (elementType === 'int64') return tensor('int64', shape, new BigInt64Array(length));
  return tensor(
    'float32',
    shape,
    Float32Array.from({ length }, (_, index) => ((index * 0x9e3779b1) >>> 0) / 2 ** 32),
  );
}
