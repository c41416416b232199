import {
  elementCount,
  float32,
  GraphBuilder,
  type Shape,
  type TensorType,
  type Value,
} from 'onnx-gradients/graph';
import type { Network } from '../zoo/architectures/weight-source.js';

/** Draws a network whose input has this type. */
export interface Drawing {
  readonly input: TensorType;
  readonly draw: (network: Network, input: Value) => unknown;
}

/** Names and shapes of the weights that networks ask for: they are drawn once, with zeros, and the graphs thrown away. */
export function wantedWeights(drawings: readonly Drawing[]): ReadonlyMap<string, Shape> {
  const wanted = new Map<string, Shape>();
  for (const { input, draw } of drawings) {
    const builder = new GraphBuilder();
    const weights = (name: string, shape: Shape) => {
      wanted.set(name, shape);
      return float32(shape, new Float32Array(elementCount(shape)));
    };
    draw({ builder, weights }, builder.input('input', input));
  }
  return wanted;
}
