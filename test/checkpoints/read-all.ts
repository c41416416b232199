import { decodeBfloat16, decodeHalf, type Tensor } from 'onnx-gradients/graph';
import type { Checkpoint } from '../../src/checkpoints/checkpoint.js';

/** A tensor as the expectations in `fixtures/*.json` state it. */
export interface Facts {
  readonly elementType: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Every tensor of a checkpoint, read. */
export function readAll({ tensors }: Checkpoint): Record<string, Facts> {
  return Object.fromEntries([...tensors].map(([name, stored]) => [name, factsOf(stored.read())]));
}

export function factsOf({ elementType, shape, data }: Tensor): Facts {
  const decode = { float16: decodeHalf, bfloat16: decodeBfloat16 }[elementType as string];
  const numbers = decode && data instanceof Uint16Array ? decode(data) : data;
  return { elementType, shape, values: Array.from(numbers as ArrayLike<number>, Number) }; // or bigint, which Number takes
}
