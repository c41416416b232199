import { ARRANGEMENT } from './arrangement.js';
import { CONVOLUTION } from './convolution.js';
import { CREATION } from './creation.js';
import { ELEMENTWISE } from './elementwise.js';
import { INDEXING } from './indexing.js';
import type { ShapeRule } from './infer.js';
import { LINEAR } from './linear.js';
import { NORMALIZATION } from './normalization.js';
import { POOLING } from './pooling.js';
import { REDUCTION } from './reduction.js';
import { RESAMPLING } from './resampling.js';

const TABLE = {
  ...ARRANGEMENT,
  ...CONVOLUTION,
  ...CREATION,
  ...ELEMENTWISE,
  ...INDEXING,
  ...LINEAR,
  ...NORMALIZATION,
  ...POOLING,
  ...REDUCTION,
  ...RESAMPLING,
} as const satisfies Record<string, ShapeRule>;

/** An operator of the working opset that Easel's graphs may contain. */
export type Operator = keyof typeof TABLE;

/** Every operator with a shape rule, gathered from the family files of this folder. */
export const SHAPE_RULES: Readonly<Record<Operator, ShapeRule>> = TABLE;

/** Whether a graph at the working opset may contain this operator. */
export function isOperator(opType: string): opType is Operator {
  return Object.hasOwn(TABLE, opType);
}
