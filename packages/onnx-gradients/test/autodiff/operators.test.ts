import { describe, expect, it } from 'vitest';
import { entryOf, OPERATORS, REFUSED } from '../../src/autodiff/operators.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { isOperator, SHAPE_RULES } from '../../src/onnx/shapes/rules.js';
import { node } from '../onnx/support/models.js';
import { ARITHMETIC_ROWS } from './rows/arithmetic.js';
import { ARRANGEMENT_ROWS } from './rows/arrangement.js';
import { CONVOLUTION_ROWS } from './rows/convolution.js';
import { INDEXING_ROWS } from './rows/indexing.js';
import { LINEAR_ROWS } from './rows/linear.js';
import { NORMALIZATION_ROWS } from './rows/normalization.js';
import { POOLING_ROWS } from './rows/pooling.js';
import { REDUCTION_ROWS } from './rows/reduction.js';
import { RESAMPLING_ROWS } from './rows/resampling.js';
import { UNARY_ROWS } from './rows/unary.js';
import type { Row } from './support/check-gradient.js';

const ROWS = [
  ...ARITHMETIC_ROWS,
  ...ARRANGEMENT_ROWS,
  ...CONVOLUTION_ROWS,
  ...INDEXING_ROWS,
  ...LINEAR_ROWS,
  ...NORMALIZATION_ROWS,
  ...POOLING_ROWS,
  ...REDUCTION_ROWS,
  ...RESAMPLING_ROWS,
  ...UNARY_ROWS,
];

/** The operators that a row's forward graph holds. */
function operatorsOf({ inputs, build, type = 'float64' }: Row): readonly string[] {
  const b = new GraphBuilder();
  const values = Object.entries(inputs).map(
    ([name, { shape }]) => [name, b.input(name, { elementType: type, shape })] as const,
  );
  build(b, Object.fromEntries(values));
  return b.nodes.map(({ opType }) => opType);
}

describe('the operator table', () => {
  it('has nothing for names that every object has', () => {
    const named = (opType: string) => node(opType, ['x'], ['y']);
    expect(['constructor', 'toString', 'Loop'].map((name) => entryOf(named(name))?.kind)).toEqual([
      undefined,
      undefined,
      'refused',
    ]);
  });

  it('has every operator that a graph may contain', () => {
    expect(Object.keys(OPERATORS).sort()).toEqual(Object.keys(SHAPE_RULES).sort());
  });

  it('has a numeric check for every rule', () => {
    const checked = new Set(ROWS.flatMap(operatorsOf));
    const rules = Object.entries(OPERATORS).filter(([, entry]) => entry.kind === 'rule');
    expect(rules.map(([name]) => name).filter((name) => !checked.has(name))).toEqual([]);
  });

  it('gives every rule a formula, and every other entry a reason', () => {
    for (const [name, entry] of Object.entries({ ...OPERATORS, ...REFUSED })) {
      expect(entry.kind === 'rule' ? entry.formula : entry.reason, name).not.toBe('');
    }
  });

  it('refuses only what no graph may contain', () => {
    expect(Object.keys(REFUSED).filter(isOperator)).toEqual([]);
  });

  it('gives no two rows one title', () => {
    const titles = ROWS.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});
