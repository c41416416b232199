import { intAttribute, requiredInt } from '../attributes.js';
import { elementTypeOfNumber, isFloat } from '../element-type.js';
import { broadcastShapes } from './broadcast.js';
import type { ShapeContext, ShapeRule } from './infer.js';
import { allOperands, brackets, isGiven, operand, sameElementType } from './operands.js';

/** Output like the first input. */
export const likeFirst: ShapeRule = (context) => [operand(context, 0)];

const ofFloats: ShapeRule = (context) => {
  const type = operand(context, 0);
  if (!isFloat(type.elementType)) throw new Error(`Expected a float input, got ${type.elementType}.`);
  return [type];
};

const toBool: ShapeRule = (context) => [{ elementType: 'bool', shape: operand(context, 0).shape }];

const broadcast: ShapeRule = (context) => {
  const types = allOperands(context);
  return [{ elementType: sameElementType(types), shape: broadcastShapes(types.map((type) => type.shape)) }];
};

const binary: ShapeRule = (context) => {
  operand(context, 1);
  return broadcast(context);
};

const compare: ShapeRule = (context) => binary(context).map(({ shape }) => ({ elementType: 'bool', shape }));

const logical: ShapeRule = (context) => {
  for (const { elementType } of allOperands(context)) {
    if (elementType !== 'bool') throw new Error(`Expected bool inputs, got ${elementType}.`);
  }
  return compare(context);
};

const not: ShapeRule = (context) => {
  const type = operand(context, 0);
  if (type.elementType !== 'bool') throw new Error(`Expected a bool input, got ${type.elementType}.`);
  return [type];
};

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

const clip: ShapeRule = (context) => {
  for (const index of [1, 2]) {
    if (isGiven(context, index) && operand(context, index).shape.length > 0) {
      throw new Error('Expected scalar bounds.');
    }
  }
  sameElementType(context.inputs.filter((type) => type !== undefined));
  return likeFirst(context);
};

const cast: ShapeRule = (context) => [
  { elementType: elementTypeOfNumber(requiredInt(context.node, 'to')), shape: operand(context, 0).shape },
];

const castLike: ShapeRule = (context) => [
  { elementType: operand(context, 1).elementType, shape: operand(context, 0).shape },
];

const mod: ShapeRule = (context: ShapeContext) => {
  const types = binary(context);
  const isFloating = types.some((type) => isFloat(type.elementType));
  if (isFloating && intAttribute(context.node, 'fmod', 0) === 0) {
    throw new Error('Expected `fmod` = 1 with float inputs.');
  }
  return types;
};

export const ELEMENTWISE = {
  Abs: likeFirst,
  Acos: ofFloats,
  Acosh: ofFloats,
  Add: binary,
  And: logical,
  Asin: ofFloats,
  Asinh: ofFloats,
  Atan: ofFloats,
  Atanh: ofFloats,
  BitShift: binary,
  BitwiseAnd: binary,
  BitwiseNot: likeFirst,
  BitwiseOr: binary,
  BitwiseXor: binary,
  Cast: cast,
  CastLike: castLike,
  Ceil: ofFloats,
  Celu: ofFloats,
  Clip: clip,
  Cos: ofFloats,
  Cosh: ofFloats,
  Div: binary,
  Elu: ofFloats,
  Equal: compare,
  Erf: ofFloats,
  Exp: ofFloats,
  Floor: ofFloats,
  Greater: compare,
  GreaterOrEqual: compare,
  HardSigmoid: ofFloats,
  HardSwish: ofFloats,
  Identity: likeFirst,
  IsInf: toBool,
  IsNaN: toBool,
  LeakyRelu: ofFloats,
  Less: compare,
  LessOrEqual: compare,
  Log: ofFloats,
  Max: broadcast,
  Mean: broadcast,
  Min: broadcast,
  Mish: ofFloats,
  Mod: mod,
  Mul: binary,
  Neg: likeFirst,
  Not: not,
  Or: logical,
  PRelu: prelu,
  Pow: pow,
  Reciprocal: ofFloats,
  Relu: likeFirst,
  Round: ofFloats,
  Selu: ofFloats,
  Shrink: likeFirst,
  Sigmoid: ofFloats,
  Sign: likeFirst,
  Sin: ofFloats,
  Sinh: ofFloats,
  Softplus: ofFloats,
  Softsign: ofFloats,
  Sqrt: ofFloats,
  Sub: binary,
  Sum: broadcast,
  Tan: ofFloats,
  Tanh: ofFloats,
  ThresholdedRelu: ofFloats,
  Where: where,
  Xor: logical,
} as const satisfies Record<string, ShapeRule>;
