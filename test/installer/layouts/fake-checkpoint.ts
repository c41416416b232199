import { elementCount, float32, type Shape } from 'onnx-gradients/graph';
import type { Checkpoint } from '../../../src/checkpoints/checkpoint.js';

/** A checkpoint of tensors with these shapes; each holds 0, 1, 2, …, plus `start`. */
export function fakeCheckpoint(shapes: Readonly<Record<string, Shape>>, start = 0): Checkpoint {
  const tensors = new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const read = () =>
        float32(
          shape,
          Array.from({ length: elementCount(shape) }, (_, index) => start + index),
        );
      return [name, { elementType: 'float32' as const, shape, read }];
    }),
  );
  return { format: 'made up', tensors, unreadable: new Map(), close: () => undefined };
}
