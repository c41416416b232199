import { broadcastPair } from './broadcast.js';
import { allOperands, operand } from './operands.js';
import type { ShapeRule } from './rule.js';

const toBool: ShapeRule = (context) => [{ elementType: 'bool', shape: operand(context, 0).shape }];

const compare: ShapeRule = (context) =>
  broadcastPair(context).map(({ shape }) => ({ elementType: 'bool', shape }));

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

const likeFirst: ShapeRule = (context) => [operand(context, 0)];

/** Comparisons, logic and bits: nothing that a gradient passes. */
export const LOGIC = {
  And: logical,
  BitShift: broadcastPair,
  BitwiseAnd: broadcastPair,
  BitwiseNot: likeFirst,
  BitwiseOr: broadcastPair,
  BitwiseXor: broadcastPair,
  Equal: compare,
  Greater: compare,
  GreaterOrEqual: compare,
  IsInf: toBool,
  IsNaN: toBool,
  Less: compare,
  LessOrEqual: compare,
  Not: not,
  Or: logical,
  Xor: logical,
} as const satisfies Record<string, ShapeRule>;
