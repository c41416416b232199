import type { GraphBuilder, Value } from '../../onnx/builder.js';
import type { Shape, Tensor } from '../../onnx/tensor.js';

/**
 * Where a network's parameters come from: the float32 tensor of this state-dict name, which must have this shape.
 * A source throws when it has no such tensor or one of another shape.
 */
export type WeightSource = (name: string, shape: Shape) => Tensor;

/** A network under construction: where its nodes go and where its parameters come from. */
export interface Network {
  readonly builder: GraphBuilder;
  readonly weights: WeightSource;
}

/** A parameter as a constant of the graph, under its state-dict name. */
export function parameter({ builder, weights }: Network, name: string, shape: Shape): Value {
  return builder.constant(weights(name, shape), name);
}
