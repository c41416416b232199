import type { Mutant } from './instrument.js';

/** What a test comes by when nothing is changed, and how long that takes. */
export interface Run {
  readonly ms: number;
  readonly reached: readonly number[];
}

/** A mutant, 0 for none, and the tests to try it against by their places; all by default. */
export interface Question {
  readonly id: number;
  readonly tests?: readonly number[];
}

export interface Answer {
  /** The place of the first test that failed, and its title. */
  readonly failed?: number;
  readonly title?: string;
  readonly runs: readonly Run[];
}

/** Which tests can notice a mutant. */
export interface Coverage {
  /** The tests that come by it: first those that noticed its neighbours last, then the shortest. */
  testsOf(mutant: Mutant): readonly number[];
  keep(mutant: Mutant, noticedBy: number): void;
}

/**
 * What runs while modules load is reached by every test that comes by anything else of its file. Tests that together take
 * longer than `budgetMs` when nothing is changed are left out at the end.
 */
export function coverageOf(runs: readonly Run[], mutants: readonly Mutant[], budgetMs: number): Coverage {
  const fileOf = new Map(mutants.map(({ id, file }) => [id, file]));
  const places = runs.map((_, index) => index).sort((one, other) => time(one) - time(other));
  const ids = runs.map(({ reached }) => new Set(reached));
  const files = runs.map(({ reached }) => new Set(reached.map((id) => fileOf.get(id))));
  const latest = new Map<string, readonly number[]>();
  function time(index: number): number {
    return runs[index]?.ms ?? 0;
  }
  return {
    testsOf({ id, file, isEager }) {
      const reaching = places.filter((at) => (isEager ? files[at]?.has(file) : ids[at]?.has(id)));
      const first = (latest.get(file) ?? []).filter((at) => reaching.includes(at));
      let spent = 0;
      return [...new Set([...first, ...reaching])].filter((at) => {
        spent += time(at);
        return spent <= budgetMs;
      });
    },
    keep({ file }, noticedBy) {
      const others = (latest.get(file) ?? []).filter((at) => at !== noticedBy);
      latest.set(file, [noticedBy, ...others]);
    },
  };
}
