import { describe, expect, it } from 'vitest';
import { operatorTable } from '../../src/autodiff/operator-table.js';
import { OPERATORS } from '../../src/autodiff/operators.js';

describe('the table of operators', () => {
  it('has one row an operator', () => {
    const rows = operatorTable().match(/^\| [A-Z]\w+ \|/gm) ?? [];
    expect(rows.map((row) => row.slice(2, -2))).toEqual(expect.arrayContaining(Object.keys(OPERATORS)));
    expect(new Set(rows).size).toBe(rows.length);
  });
});
