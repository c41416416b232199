import { ARITHMETIC } from './arithmetic.js';
import { ARRANGEMENT } from './arrangement.js';
import { CONVOLUTION } from './convolution.js';
import { CREATION } from './creation.js';
import { INDEXING } from './indexing.js';
import { LINEAR } from './linear.js';
import { LOGIC } from './logic.js';
import { NORMALIZATION } from './normalization.js';
import { POOLING } from './pooling.js';
import { REDUCTION } from './reduction.js';
import { RESAMPLING } from './resampling.js';
import type { ShapeRule } from './rule.js';
import { UNARY } from './unary.js';

const TABLE = {
  ...ARITHMETIC,
  ...ARRANGEMENT,
  ...CONVOLUTION,
  ...CREATION,
  ...INDEXING,
  ...LINEAR,
  ...LOGIC,
  ...NORMALIZATION,
  ...POOLING,
  ...REDUCTION,
  ...RESAMPLING,
  ...UNARY,
} as const satisfies Record<string, ShapeRule>;

/** An operator of the working opset that Easel's graphs may contain. */
export type Operator = keyof typeof TABLE;

/** Every operator with a shape rule, gathered from the family files of this folder. */
export const SHAPE_RULES: Readonly<Record<Operator, ShapeRule>> = TABLE;

/** Whether a graph at the working opset may contain this operator. */
export function isOperator(opType: string): opType is Operator {
  return Object.hasOwn(TABLE, opType);
}
