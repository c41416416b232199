import { intAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { brackets, constantNumber, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

const gather: ShapeRule = (context) => {
  const [data, indices] = [operand(context, 0), operand(context, 1)];
  const axis = normalizeAxis(intAttribute(context.node, 'axis', 0), data.shape.length);
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
  return [{ elementType: data.elementType, shape }];
};

const gatherElements: ShapeRule = (context) => {
  const [data, indices] = [operand(context, 0), operand(context, 1)];
  normalizeAxis(intAttribute(context.node, 'axis', 0), data.shape.length);
  if (indices.shape.length !== data.shape.length) {
    throw new Error(`Expected indices of rank ${data.shape.length}, got ${brackets(indices.shape)}.`);
  }
  return [{ elementType: data.elementType, shape: indices.shape }];
};

/** data [b…, k dims, rest…] at indices [b…, i…, k] → [b…, i…, rest…]. */
const gatherND: ShapeRule = (context) => {
  const [data, indices] = [operand(context, 0), operand(context, 1)];
  const batch = intAttribute(context.node, 'batch_dims', 0);
  const depth = indices.shape.at(-1);
  if (depth === undefined || batch + depth > data.shape.length) {
    throw new Error(`Indices ${brackets(indices.shape)} reach deeper than data ${brackets(data.shape)}.`);
  }
  const shape = [...indices.shape.slice(0, -1), ...data.shape.slice(batch + depth)];
  return [{ elementType: data.elementType, shape }];
};

const scatterElements: ShapeRule = (context) => {
  const [data, indices, updates] = [operand(context, 0), operand(context, 1), operand(context, 2)];
  normalizeAxis(intAttribute(context.node, 'axis', 0), data.shape.length);
  if (brackets(indices.shape) !== brackets(updates.shape)) {
    throw new Error(
      `Expected updates shaped like indices ${brackets(indices.shape)}, got ${brackets(updates.shape)}.`,
    );
  }
  return [{ elementType: sameElementType([data, updates]), shape: data.shape }];
};

const scatterND: ShapeRule = (context) => {
  const [data, indices, updates] = [operand(context, 0), operand(context, 1), operand(context, 2)];
  const expected = [...indices.shape.slice(0, -1), ...data.shape.slice(indices.shape.at(-1) ?? 0)];
  if (brackets(expected) !== brackets(updates.shape)) {
    throw new Error(`Expected updates of shape ${brackets(expected)}, got ${brackets(updates.shape)}.`);
  }
  return [{ elementType: sameElementType([data, updates]), shape: data.shape }];
};

/** A new axis of length `depth` is put into the indices' shape; `values` holds [off, on]. */
const oneHot: ShapeRule = (context) => {
  const [indices, values] = [operand(context, 0), operand(context, 2)];
  const depth = constantNumber(context, 1, 'depth');
  const axis = normalizeAxis(intAttribute(context.node, 'axis', -1), indices.shape.length + 1);
  return [{ elementType: values.elementType, shape: indices.shape.toSpliced(axis, 0, depth) }];
};

const trilu: ShapeRule = (context) => {
  const type = operand(context, 0);
  if (type.shape.length < 2) throw new Error(`Expected matrices, got ${brackets(type.shape)}.`);
  return [type];
};

export const INDEXING = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  OneHot: oneHot,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  Trilu: trilu,
} as const satisfies Record<string, ShapeRule>;
