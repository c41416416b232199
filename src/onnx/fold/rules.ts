import { ARITHMETIC } from './arithmetic.js';
import { ARRANGEMENT } from './arrangement.js';
import { CAST } from './cast.js';
import { CREATION, FROM_TYPES } from './creation.js';
import type { FoldRule } from './fold.js';
import { INDEXING } from './indexing.js';
import { REDUCTION } from './reduction.js';

interface FoldEntry {
  readonly rule: FoldRule;
  /** The result follows from the operands' types alone. */
  readonly fromTypes: boolean;
}

const entries = (rules: Readonly<Record<string, FoldRule>>, fromTypes: boolean) =>
  Object.entries(rules).map(([opType, rule]) => [opType, { rule, fromTypes }] as const);

/** Operators that are computed while a graph is built when their operands are known. */
export const FOLD_RULES: Readonly<Record<string, FoldEntry>> = Object.fromEntries([
  ...entries({ ...ARITHMETIC, ...ARRANGEMENT, ...CAST, ...CREATION, ...INDEXING, ...REDUCTION }, false),
  ...entries(FROM_TYPES, true),
]);
