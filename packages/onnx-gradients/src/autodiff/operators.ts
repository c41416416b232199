import type { Node } from '../onnx/graph.js';
import { isOperator, type Operator } from '../onnx/shapes/rules.js';
import { type Entry, refused } from './entry.js';
import { ARITHMETIC } from './rules/arithmetic.js';
import { ARRANGEMENT } from './rules/arrangement.js';
import { CONVOLUTION } from './rules/convolution.js';
import { CREATION } from './rules/creation.js';
import { INDEXING } from './rules/indexing.js';
import { LINEAR } from './rules/linear.js';
import { LOGIC } from './rules/logic.js';
import { NORMALIZATION } from './rules/normalization.js';
import { POOLING } from './rules/pooling.js';
import { REDUCTION } from './rules/reduction.js';
import { RESAMPLING } from './rules/resampling.js';
import { UNARY } from './rules/unary.js';

/** Every operator that a graph at the working opset may contain, from the family files. A missing one does not compile. */
export const OPERATORS: Readonly<Record<Operator, Entry>> = {
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
};

/** Operators refused with a reason of their own; the graph builder has no shape rule for them either. */
export const REFUSED = {
  If: refused('its branches are graphs that are chosen at run time'),
  Loop: refused('its body is a graph that runs an unknown number of times'),
  Scan: refused('its body is a graph that runs once an element'),
} as const;

/** What to do with a node; undefined for an operator nobody knows. */
export function entryOf({ domain, opType }: Node): Entry | undefined {
  if (domain !== '') return undefined;
  if (isOperator(opType)) return OPERATORS[opType];
  return Object.hasOwn(REFUSED, opType) ? REFUSED[opType as keyof typeof REFUSED] : undefined; // hasOwn was just asked
}
