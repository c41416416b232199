import type { ShapeContext } from '../shapes/rule.js';
import { byteLength, type TensorType } from '../tensor.js';
import { passedInput } from './no-op.js';
import { NotFoldable } from './not-foldable.js';
import type { Folded } from './rule.js';
import { FOLD_RULES } from './rules.js';

/** Results larger than this are left to the runtime, unless they are hardly larger than the operands. */
const MAX_BYTES = 4 << 20;

function isWorthwhile(context: ShapeContext, outputs: readonly TensorType[]): boolean {
  const size = outputs.reduce((sum, type) => sum + byteLength(type), 0);
  const operands = context.inputs.reduce((sum, type) => sum + (type ? byteLength(type) : 0), 0);
  return size <= MAX_BYTES || size <= 4 * operands;
}

/**
 * Computes a node whose operands are constants (or whose result follows from static shapes), and recognises one
 * that only passes its input on. Undefined when the node has to stay.
 */
export function fold(context: ShapeContext, outputs: readonly TensorType[]): Folded | undefined {
  const { node, inputs, constant } = context;
  const passed = passedInput(context, outputs);
  if (passed !== undefined) return { input: passed };
  const entry =
    node.domain === '' && Object.hasOwn(FOLD_RULES, node.opType) ? FOLD_RULES[node.opType] : undefined;
  if (!entry || !isWorthwhile(context, outputs)) return undefined;
  const isKnown = entry.fromTypes || inputs.every((type, index) => !type || constant(index));
  if (!isKnown) return undefined;
  const tensor = (index: number) => {
    const value = constant(index);
    if (!value) throw new Error(`Expected input ${index} to be constant.`);
    return value;
  };
  try {
    return { tensors: entry.rule({ ...context, outputs, tensor }) };
  } catch (error) {
    if (error instanceof NotFoldable) return undefined;
    throw error;
  }
}
