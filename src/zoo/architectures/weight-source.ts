import { elementCount, type GraphBuilder, type Shape, type Tensor, type Value } from 'onnx-gradients/graph';
import { cast } from 'onnx-gradients/ops';

/**
 * Where a network's parameters come from: the float32 tensor of this state-dict name, which must have this shape.
 * A source throws when it has no such tensor or one of another shape.
 */
export type WeightSource = (name: string, shape: Shape) => Tensor;

/** A network under construction: where its nodes go and where its parameters come from. */
export interface Network {
  readonly builder: GraphBuilder;
  readonly weights: WeightSource;
  /** The same parameters as they lie in a file, of any float type: large ones then stay there, and are read by who runs the graph. */
  readonly stored?: WeightSource;
  /** Where parameters are to change from run to run: makes each an input of the graph instead. */
  readonly declare?: (name: string, shape: Shape) => Value;
}

/** A parameter under its state-dict name: a constant of the graph, or an input where the network is being trained. */
export function parameter(network: Network, name: string, shape: Shape): Value {
  return network.declare ? network.declare(name, shape) : constantOf(network, name, { shape });
}

/** Elements from which on a parameter stays in its file. */
const LARGE = 65_536;

/**
 * A parameter as a constant, in a shape of its own where one is given. A large one of a file is left as it is: nobody computes
 * with its values here, and what is made of it, wider numbers or a turned kernel, is made when the graph is opened.
 */
export function constantOf(
  { builder, weights, stored }: Network,
  name: string,
  { shape, as = shape }: { readonly shape: Shape; readonly as?: Shape },
): Value {
  const lying = stored?.(name, shape);
  if (!lying?.origin || elementCount(shape) < LARGE) {
    return builder.constant({ ...weights(name, shape), shape: as }, name);
  }
  const { elementType, origin } = lying;
  const value = builder.constant(
    {
      ...{ elementType, shape: as, origin },
      get data() {
        return lying.data;
      },
    },
    name,
  );
  builder.vary(value);
  return lying.elementType === 'float32' ? value : cast(builder, value, 'float32');
}
