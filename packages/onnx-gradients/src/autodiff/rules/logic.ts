import { type Entries, flat } from '../entry.js';

const bools = flat('its result is bool', 'cheap');
const integers = flat('it is of integers', 'cheap');

/** Comparisons, logic and bits: no way for a gradient to pass. */
export const LOGIC = {
  And: bools,
  BitShift: integers,
  BitwiseAnd: integers,
  BitwiseNot: integers,
  BitwiseOr: integers,
  BitwiseXor: integers,
  Equal: bools,
  Greater: bools,
  GreaterOrEqual: bools,
  IsInf: bools,
  IsNaN: bools,
  Less: bools,
  LessOrEqual: bools,
  Not: bools,
  Or: bools,
  Xor: bools,
} as const satisfies Entries;
