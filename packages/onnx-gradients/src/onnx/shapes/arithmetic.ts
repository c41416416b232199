import { intAttribute } from '../attributes.js';
import { isFloat } from '../element-type.js';
import { broadcastOperands, broadcastPair, broadcastShapes } from './broadcast.js';
import { brackets, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

/** Base and exponent may differ in type; the base's wins. */
const pow: ShapeRule = (context) => {
  const [base, exponent] = [operand(context, 0), operand(context, 1)];
  return [{ elementType: base.elementType, shape: broadcastShapes([base.shape, exponent.shape]) }];
};

/** The slope stretches to the input, never the other way round. */
const prelu: ShapeRule = (context) => {
  const [x, slope] = [operand(context, 0), operand(context, 1)];
  const shape = broadcastShapes([x.shape, slope.shape]);
  if (brackets(shape) !== brackets(x.shape)) {
    throw new Error(`Slope ${brackets(slope.shape)} does not stretch to ${brackets(x.shape)}.`);
  }
  return [{ elementType: sameElementType([x, slope]), shape }];
};

const where: ShapeRule = (context) => {
  const [condition, x, y] = [operand(context, 0), operand(context, 1), operand(context, 2)];
  if (condition.elementType !== 'bool') {
    throw new Error(`Expected a bool condition, got ${condition.elementType}.`);
  }
  const shape = broadcastShapes([condition.shape, x.shape, y.shape]);
  return [{ elementType: sameElementType([x, y]), shape }];
};

const mod: ShapeRule = (context) => {
  const types = broadcastPair(context);
  const isFloating = types.some((type) => isFloat(type.elementType));
  if (isFloating && intAttribute(context.node, 'fmod', 0) === 0) {
    throw new Error('Expected `fmod` = 1 with float inputs.');
  }
  return types;
};

/** Operators of two and more broadcast inputs. */
export const ARITHMETIC = {
  Add: broadcastPair,
  Div: broadcastPair,
  Max: broadcastOperands,
  Mean: broadcastOperands,
  Min: broadcastOperands,
  Mod: mod,
  Mul: broadcastPair,
  PRelu: prelu,
  Pow: pow,
  Sub: broadcastPair,
  Sum: broadcastOperands,
  Where: where,
} as const satisfies Record<string, ShapeRule>;
