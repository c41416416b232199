import { ARITHMETIC } from './arithmetic.js';
import { ARRANGEMENT } from './arrangement.js';
import { CREATION, FROM_TYPES } from './creation.js';
import { INDEXING } from './indexing.js';
import { LOGIC } from './logic.js';
import { REDUCTION } from './reduction.js';
import type { FoldRule } from './rule.js';
import { UNARY } from './unary.js';

interface FoldEntry {
  readonly rule: FoldRule;
  /** The result follows from the operands' types alone. */
  readonly fromTypes: boolean;
}

const entries = (rules: Readonly<Record<string, FoldRule>>, fromTypes: boolean) =>
  Object.entries(rules).map(([opType, rule]) => [opType, { rule, fromTypes }] as const);

/** Operators that are computed while a graph is built when their operands are known. */
export const FOLD_RULES: Readonly<Record<string, FoldEntry>> = Object.fromEntries([
  ...entries(
    { ...ARITHMETIC, ...ARRANGEMENT, ...CREATION, ...INDEXING, ...LOGIC, ...REDUCTION, ...UNARY },
    false,
  ),
  ...entries(FROM_TYPES, true),
]);
