import { type Entries, flat } from '../entry.js';

const bools = flat('its result is bool');
const integers = flat('it is of integers');

/** Operators with no way for a gradient to pass: results that are bool, integers, or made from shapes alone. */
export const CONSTANT = {
  And: bools,
  BitShift: integers,
  BitwiseAnd: integers,
  BitwiseNot: integers,
  BitwiseOr: integers,
  BitwiseXor: integers,
  ConstantOfShape: flat('it is made from a shape'),
  Equal: bools,
  EyeLike: flat('it is made from a shape'),
  Greater: bools,
  GreaterOrEqual: bools,
  Less: bools,
  LessOrEqual: bools,
  Not: bools,
  Or: bools,
  Range: flat('its length depends on its inputs'),
  Shape: flat('its result is a shape'),
  Size: flat('its result is a count'),
  Xor: bools,
} as const satisfies Entries;
