import type { ShapeContext } from '../shapes/rule.js';
import type { Tensor, TensorType } from '../tensor.js';

/** What a folding rule sees: the shape rule's view, the inferred types and the operands' values. */
export interface FoldContext extends ShapeContext {
  readonly outputs: readonly TensorType[];
  /**
   * The value of a constant operand.
   *
   * @throws when it is missing.
   */
  readonly tensor: (index: number) => Tensor;
}

/** One tensor per output. */
export type FoldRule = (context: FoldContext) => readonly Tensor[];

/** What folding made of a node: its outputs as constants, or the input that its only output equals. */
export type Folded = { readonly tensors: readonly Tensor[] } | { readonly input: number };
