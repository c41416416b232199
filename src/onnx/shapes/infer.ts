import type { Node } from '../graph.js';
import type { Tensor, TensorType } from '../tensor.js';
import { isOperator, SHAPE_RULES } from './rules.js';

/** What a shape rule sees: static input types (undefined where an optional input is omitted) and known constants. */
export interface ShapeContext {
  readonly node: Node;
  readonly inputs: readonly (TensorType | undefined)[];
  /** The value of input `index` when it is a constant (an axes or shape operand, say). */
  readonly constant: (index: number) => Tensor | undefined;
}

/** One type per declared output. */
export type ShapeRule = (context: ShapeContext) => readonly TensorType[];

/**
 * The static types of a node's outputs at the working opset.
 *
 * @throws naming operator and node when the operator is unknown or its inputs do not fit.
 */
export function inferTypes(context: ShapeContext): readonly TensorType[] {
  const { node } = context;
  if (node.domain !== '' || !isOperator(node.opType)) {
    const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
    throw new Error(`Operator ${operator} (node "${node.name}") has no shape rule.`);
  }
  try {
    return SHAPE_RULES[node.opType](context);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${node.opType} (node "${node.name}"): ${reason}`, { cause });
  }
}
