import { reasonOf } from '../model-error.js';
import { elementCount, type TensorType } from '../tensor.js';
import type { ShapeContext } from './rule.js';
import { isOperator, SHAPE_RULES } from './rules.js';

/** More axes than any tensor has: what is quadratic in them stays instant. */
const MOST_AXES = 256;

function checked(type: TensorType): TensorType {
  if (type.shape.length > MOST_AXES)
    throw new Error(`Expected at most ${MOST_AXES} axes, got ${type.shape.length}.`);
  const wrong = type.shape.find((dimension) => !Number.isSafeInteger(dimension) || dimension < 0);
  if (wrong !== undefined) throw new Error(`A dimension of the result would be ${wrong}.`);
  if (!Number.isSafeInteger(elementCount(type.shape)))
    throw new Error('The result would have more elements than can be counted.');
  return type;
}

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
    return SHAPE_RULES[node.opType](context).map(checked);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new Error(`${node.opType} (node "${node.name}"): ${reason}`, { cause });
  }
}
