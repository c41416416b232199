import type { GraphBuilder, Shape, Tensor, Value } from 'onnx-gradients/graph';

/**
 * Where a network's parameters come from: the float32 tensor of this state-dict name, which must have this shape.
 * A source throws when it has no such tensor or one of another shape.
 */
export type WeightSource = (name: string, shape: Shape) => Tensor;

/** A network under construction: where its nodes go and where its parameters come from. */
export interface Network {
  readonly builder: GraphBuilder;
  readonly weights: WeightSource;
  /** Where parameters are to change from run to run: makes each an input of the graph instead. */
  readonly declare?: (name: string, shape: Shape) => Value;
}

/** A parameter under its state-dict name: a constant of the graph, or an input where the network is being trained. */
export function parameter({ builder, weights, declare }: Network, name: string, shape: Shape): Value {
  return declare ? declare(name, shape) : builder.constant(weights(name, shape), name);
}
