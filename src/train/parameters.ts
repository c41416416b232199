import { elementCount, float32, type GraphBuilder, type Shape, type Tensor } from 'onnx-gradients/graph';
import type { Network } from '../zoo/architectures/weight-source.js';

/** Where a parameter lies in the one array that holds all of a network's. */
export interface Place {
  readonly shape: Shape;
  readonly offset: number;
  readonly length: number;
}

/** A network's parameters by state-dict name, in the order in which the network asked for them. */
export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  /** Floats in all. */
  readonly size: number;
}

export interface Declared {
  readonly network: Network;
  /** What has been asked for so far. */
  layout(): Layout;
}

/** A network whose parameters are inputs of the graph, each once however often it is asked for. */
export function declareNetwork(builder: GraphBuilder): Declared {
  const places = new Map<string, Place>();
  let size = 0;
  const declare: Network['declare'] = (name, shape) => {
    const known = places.get(name);
    if (known) {
      if (known.shape.join() !== shape.join()) throw new Error(`"${name}" was asked for in two shapes.`);
      return builder.value(name);
    }
    places.set(name, { shape, offset: size, length: elementCount(shape) });
    size += elementCount(shape);
    return builder.input(name, { elementType: 'float32', shape });
  };
  const weights: Network['weights'] = (name) => {
    throw new Error(`"${name}" was wanted as a constant of a graph whose weights change.`);
  };
  return { network: { builder, weights, declare }, layout: () => ({ places: new Map(places), size }) };
}

/** Every parameter as a tensor over its part of the array, under its name behind a prefix. */
export function viewsOf(layout: Layout, flat: Float32Array, prefix = ''): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    [...layout.places].map(([name, { shape, offset, length }]) => [
      prefix + name,
      float32(shape, flat.subarray(offset, offset + length)),
    ]),
  );
}
