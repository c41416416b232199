import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Mutant } from './instrument.js';

/** What is known of mutants: whether a test notices them. */
export interface Answers {
  of(mutant: Mutant): boolean | undefined;
  keep(mutant: Mutant, isNoticed: boolean): void;
}

/**
 * Answers as lines of JSON in a file, so that hours of trying can be interrupted and shared; in memory alone without
 * one. They hold for one state of the sources.
 */
export function openAnswers(file: string | undefined): Answers {
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const known = new Map<string, boolean>(lines.filter((line) => line !== '').map((line) => JSON.parse(line)));
  return {
    of: ({ key }) => known.get(key),
    keep({ key }, isNoticed) {
      if (known.has(key)) return;
      known.set(key, isNoticed);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify([key, isNoticed])}\n`);
    },
  };
}
