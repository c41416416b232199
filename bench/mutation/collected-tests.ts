/**
 * Stands for `vitest` in the copy that bench/mutation.ts works in: tests are collected, so that one process can run them
 * again under every mutant without loading anything anew.
 */
// By its path: in the copy, `vitest` is this file.
export { expect, vi } from '../../node_modules/vitest/dist/index.js';

export interface CollectedTest {
  readonly title: string;
  readonly run: () => unknown;
}

type Body = (...values: readonly unknown[]) => unknown;

const collected: CollectedTest[] = [];
const afterwards: (() => unknown)[] = [];
let path: readonly string[] = [];

/** What has been collected since the last call. */
export function takeCollected(): readonly CollectedTest[] {
  const hooks = afterwards.splice(0);
  return collected.splice(0).map(({ title, run }) => ({
    title,
    run: async () => {
      try {
        await run();
      } finally {
        for (const hook of hooks) await hook();
      }
    },
  }));
}

/** `name(rows)(title, body)` calls the body with each row, an array's elements as arguments. */
const each =
  (one: (title: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (title: string, ...rest: readonly unknown[]) => {
    rows.forEach((row, index) => {
      const body = bodyOf(rest);
      one(`${title} ${index}`, () => body(...(Array.isArray(row) ? row : [row])));
    });
  };

/** The function among a test's arguments, beside which options may stand. */
const bodyOf = (rest: readonly unknown[]) => rest.find((value) => typeof value === 'function') as Body;

function addTest(title: string, ...rest: readonly unknown[]): void {
  collected.push({ title: [...path, title].join(' › '), run: bodyOf(rest) });
}

function addGroup(title: string, body: () => unknown): void {
  const outer = path;
  path = [...path, title];
  body();
  path = outer;
}

export const it = Object.assign(addTest, { each: each(addTest) });
export const test = Object.assign(addTest, { each: each(addTest) });
export const describe = Object.assign(addGroup, {
  each: each(addGroup),
  skipIf: (isSkipped: boolean) => (isSkipped ? () => undefined : addGroup),
});
export const afterEach = (hook: () => unknown) => afterwards.push(hook);
