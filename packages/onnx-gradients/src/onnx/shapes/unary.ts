import { requiredInt } from '../attributes.js';
import { elementTypeOfNumber, isFloat } from '../element-type.js';
import { isGiven, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

const likeFirst: ShapeRule = (context) => [operand(context, 0)];

const ofFloats: ShapeRule = (context) => {
  const type = operand(context, 0);
  if (!isFloat(type.elementType)) throw new Error(`Expected a float input, got ${type.elementType}.`);
  return [type];
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

/** Operators of one input, element by element. */
export const UNARY = {
  Abs: likeFirst,
  Acos: ofFloats,
  Acosh: ofFloats,
  Asin: ofFloats,
  Asinh: ofFloats,
  Atan: ofFloats,
  Atanh: ofFloats,
  Cast: cast,
  CastLike: castLike,
  Ceil: ofFloats,
  Celu: ofFloats,
  Clip: clip,
  Cos: ofFloats,
  Cosh: ofFloats,
  Elu: ofFloats,
  Erf: ofFloats,
  Exp: ofFloats,
  Floor: ofFloats,
  HardSigmoid: ofFloats,
  HardSwish: ofFloats,
  Identity: likeFirst,
  LeakyRelu: ofFloats,
  Log: ofFloats,
  Mish: ofFloats,
  Neg: likeFirst,
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
  Tan: ofFloats,
  Tanh: ofFloats,
  ThresholdedRelu: ofFloats,
} as const satisfies Record<string, ShapeRule>;
