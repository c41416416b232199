import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operatorTable } from '../../src/autodiff/operator-table.js';
import { OPERATORS } from '../../src/autodiff/operators.js';
import { packageRoot } from '../../src/package-root.js';

describe('docs/operators.md', () => {
  it('is what `npm run docs` writes', () => {
    const written = readFileSync(join(packageRoot(), 'docs', 'operators.md'), 'utf8');
    expect(written).toBe(operatorTable());
  });

  it('has one row an operator', () => {
    const rows = operatorTable().match(/^\| [A-Z]\w+ \|/gm) ?? [];
    expect(rows.map((row) => row.slice(2, -2))).toEqual(expect.arrayContaining(Object.keys(OPERATORS)));
    expect(new Set(rows).size).toBe(rows.length);
  });
});
