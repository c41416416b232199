import type { TensorType } from '../tensor.js';
import type { ShapeContext } from './rule.js';
import { isOperator, SHAPE_RULES } from './rules.js';

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
