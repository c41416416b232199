import { describe, it } from 'vitest';
import { checkEachAlone, checkGradient, type Row } from './check-gradient.js';

/** Checks every row with a full cotangent, with one that only broadcasts to the output, and input by input. */
export function describeRows(family: string, rows: readonly Row[]): void {
  describe(`${family}: the gradient equals the numeric derivative`, () => {
    it.each(rows)('$title', (row) => checkGradient(row));
    it.each(rows)('$title, unexpanded', (row) => checkGradient(row, true));
  });

  const several = rows.filter(({ inputs, wrt }) => (wrt ?? Object.keys(inputs)).length > 1);
  describe.skipIf(several.length === 0)(
    `${family}: a gradient does not depend on which others are wanted`,
    () => {
      it.each(several)('$title', checkEachAlone);
    },
  );
}
