import type { Node } from '../graph.js';
import type { Tensor, TensorType } from '../tensor.js';

/** What a shape rule sees: static input types (undefined where an optional input is omitted) and known constants. */
export interface ShapeContext {
  readonly node: Node;
  readonly inputs: readonly (TensorType | undefined)[];
  /** The value of input `index` when it is a constant (an axes or shape operand, say). */
  readonly constant: (index: number) => Tensor | undefined;
}

/** One type per declared output. */
export type ShapeRule = (context: ShapeContext) => readonly TensorType[];
