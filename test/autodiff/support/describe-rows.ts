import { describe, it } from 'vitest';
import { checkGradient, type Row } from './check-gradient.js';

/** Checks every row twice: with a full cotangent, and with one that only broadcasts to the output. */
export function describeRows(family: string, rows: readonly Row[]): void {
  describe(`${family}: the gradient equals the numeric derivative`, () => {
    it.each(rows)('$title', (row) => checkGradient(row));
    it.each(rows)('$title, unexpanded', (row) => checkGradient(row, true));
  });
}
