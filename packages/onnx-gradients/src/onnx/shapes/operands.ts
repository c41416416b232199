import type { ElementType } from '../element-type.js';
import { type TensorType, toNumbers } from '../tensor.js';
import type { ShapeContext } from './rule.js';

/** Far more axes or parts than any graph has: what is quadratic in them stays instant. */
const MOST_NUMBERS = 4096;

/** @throws when the input is missing. */
export function operand(context: ShapeContext, index: number): TensorType {
  const type = context.inputs[index];
  if (!type) throw new Error(`Expected input ${index}, which is missing.`);
  return type;
}

/** Whether an optional input is given. */
export function isGiven(context: ShapeContext, index: number): boolean {
  return context.inputs[index] !== undefined;
}

/**
 * The numbers of an input that the output's shape depends on; undefined when the input is omitted.
 *
 * @throws when the input is given but not constant.
 */
export function optionalNumbers(
  context: ShapeContext,
  index: number,
  name: string,
): readonly number[] | undefined {
  if (!isGiven(context, index)) return undefined;
  const tensor = context.constant(index);
  if (!tensor) throw new Error(`Expected \`${name}\` (input ${index}) to be constant.`);
  if (tensor.data.length > MOST_NUMBERS)
    throw new Error(`Expected at most ${MOST_NUMBERS} numbers in \`${name}\`.`);
  return toNumbers(tensor);
}

/** @throws when the input is missing or not constant. */
export function constantNumbers(context: ShapeContext, index: number, name: string): readonly number[] {
  operand(context, index);
  return optionalNumbers(context, index, name) ?? [];
}

/** @throws when the input is missing, not constant or not exactly one number. */
export function constantNumber(context: ShapeContext, index: number, name: string): number {
  const [value, ...rest] = constantNumbers(context, index, name);
  if (value === undefined || rest.length > 0) throw new Error(`Expected \`${name}\` to be one number.`);
  return value;
}

/** @throws when the types differ. */
export function sameElementType(types: readonly TensorType[]): ElementType {
  const [first, ...rest] = types;
  if (!first) throw new Error('Expected at least one input.');
  for (const type of rest) {
    if (type.elementType !== first.elementType) {
      throw new Error(
        `Expected inputs of one element type, got ${first.elementType} and ${type.elementType}.`,
      );
    }
  }
  return first.elementType;
}

/** All inputs of a variadic operator. */
export function allOperands(context: ShapeContext): readonly TensorType[] {
  return context.inputs.map((_, index) => operand(context, index));
}

export const brackets = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
