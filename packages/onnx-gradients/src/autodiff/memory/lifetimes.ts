import { valueTypes } from '../../onnx/dump/value-types.js';
import type { Model, Node } from '../../onnx/graph.js';
import { settledValues } from '../../onnx/settled-values.js';
import { elementCount, type TensorType } from '../../onnx/tensor.js';
import { entryOf } from '../operators.js';

/** How large a graph's values are, and when they can be made. Time advances by one at each product. */
export interface Lifetimes {
  readonly typeOf: (name: string) => TensorType | undefined;
  readonly producerOf: (name: string) => Node | undefined;
  /**
   * The earliest time at which a value can exist: that of the latest product among those it is computed from; 0 for
   * what is given from outside.
   */
  readonly dawnOf: (name: string) => number;
  /** Whether a value's node stands after a product that it does not wait for; it may then run only there. */
  readonly isMadeLate: (name: string) => boolean;
  /** Whether a value occupies memory worth saving: computed here, and not small. */
  readonly isLarge: (name: string) => boolean;
  /**
   * When a node can run, and the float operand that is last to exist; undefined where no such operand is computed.
   */
  readonly startOf: (node: Node) => Start | undefined;
}

export interface Start {
  readonly time: number;
  readonly awaited: string;
}

/** Elements from which on a value is worth a node; statistics and parameters are smaller. */
const LARGE = 4096;

/** Lifetimes of a graph with fixed shapes. */
export function lifetimesOf(model: Model): Lifetimes {
  const types = new Map<string, TensorType>();
  for (const [name, { elementType, shape }] of valueTypes(model)) {
    if (elementType && shape?.every((dimension) => typeof dimension === 'number')) {
      types.set(name, { elementType, shape });
    }
  }
  const settled = settledValues(model.graph);
  const producers = new Map<string, Node>();
  const dawns = new Map<string, number>();
  const madeLate = new Set<string>();
  let time = 0;
  for (const node of model.graph.nodes) {
    // Computed once, when the graph is opened: as good as a constant.
    if (node.outputs.every((name) => settled.has(name))) continue;
    const isProduct = entryOf(node)?.cost === 'product';
    if (isProduct) time += 1;
    const dawn = isProduct ? time : Math.max(0, ...node.inputs.map((name) => dawns.get(name) ?? 0));
    for (const name of node.outputs) {
      producers.set(name, node);
      dawns.set(name, dawn);
      if (dawn < time) madeLate.add(name);
    }
  }
  const dawnOf = (name: string) => dawns.get(name) ?? 0;
  const isLarge = (name: string) =>
    producers.has(name) && elementCount(types.get(name)?.shape ?? []) >= LARGE;
  return {
    typeOf: (name) => types.get(name),
    producerOf: (name) => producers.get(name),
    dawnOf,
    isMadeLate: (name) => madeLate.has(name),
    isLarge,
    startOf: ({ inputs }) => {
      const [awaited] = inputs
        .filter((name) => producers.has(name) && types.get(name)?.elementType === 'float32')
        .sort((one, other) => dawnOf(other) - dawnOf(one));
      return awaited === undefined ? undefined : { time: dawnOf(awaited), awaited };
    },
  };
}
