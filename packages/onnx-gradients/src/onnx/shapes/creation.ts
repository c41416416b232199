import { attributeOf, intAttribute, intsAttribute } from '../attributes.js';
import { elementTypeOfNumber } from '../element-type.js';
import { brackets, constantNumber, constantNumbers, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';
import { shapeSlice } from './shape-slice.js';

const shape: ShapeRule = (context) => [
  { elementType: 'int64', shape: [shapeSlice(context.node, operand(context, 0).shape).length] },
];

const size: ShapeRule = (context) => {
  operand(context, 0);
  return [{ elementType: 'int64', shape: [] }];
};

const range: ShapeRule = (context) => {
  const elementType = sameElementType([operand(context, 0), operand(context, 1), operand(context, 2)]);
  const start = constantNumber(context, 0, 'start');
  const limit = constantNumber(context, 1, 'limit');
  const delta = constantNumber(context, 2, 'delta');
  if (delta === 0) throw new Error('Expected `delta` other than 0.');
  return [{ elementType, shape: [Math.max(0, Math.ceil((limit - start) / delta))] }];
};

const constantOfShape: ShapeRule = (context) => {
  const value = attributeOf(context.node, 'value', 'tensor');
  const dimensions = constantNumbers(context, 0, 'shape');
  if (dimensions.some((dimension) => dimension < 0)) {
    throw new Error(`Expected no negative dimension, got ${brackets(dimensions)}.`);
  }
  return [{ elementType: value?.elementType ?? 'float32', shape: dimensions }];
};

const eyeLike: ShapeRule = (context) => {
  const type = operand(context, 0);
  if (type.shape.length !== 2) throw new Error(`Expected a matrix, got ${brackets(type.shape)}.`);
  const dtype = intAttribute(context.node, 'dtype', 0);
  return [{ elementType: dtype ? elementTypeOfNumber(dtype) : type.elementType, shape: type.shape }];
};

/** Like the input, in the type that `dtype` names. */
const drawnLike: ShapeRule = (context) => {
  const { elementType, shape: dimensions } = operand(context, 0);
  const dtype = intAttribute(context.node, 'dtype', 0);
  return [{ elementType: dtype ? elementTypeOfNumber(dtype) : elementType, shape: dimensions }];
};

const drawn: ShapeRule = ({ node }) => {
  const dimensions = intsAttribute(node, 'shape');
  if (!dimensions) throw new Error('Expected attribute `shape`.');
  return [{ elementType: elementTypeOfNumber(intAttribute(node, 'dtype', 1)), shape: dimensions }];
};

export const CREATION = {
  Bernoulli: drawnLike,
  ConstantOfShape: constantOfShape,
  EyeLike: eyeLike,
  RandomNormal: drawn,
  RandomNormalLike: drawnLike,
  RandomUniform: drawn,
  RandomUniformLike: drawnLike,
  Range: range,
  Shape: shape,
  Size: size,
} as const satisfies Record<string, ShapeRule>;
