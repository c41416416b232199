/**
 * A child of bench/mutation.ts, run inside the copy: answers every mutant with the title of the first of the given tests
 * that it fails, or with nothing. The answer to no mutant says of each test what it comes by and how long it takes.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CollectedTest, takeCollected } from './collected-tests.js';
import type { Answer, Question, Run } from './coverage.js';

/** The tests of src/autodiff, but for memory planning, which the mutants leave alone. */
async function load(folder: string): Promise<readonly CollectedTest[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.test.ts') && !file.startsWith('memory'),
  );
  for (const file of files.sort()) await import(pathToFileURL(join(folder, file)).href);
  return takeCollected();
}

const [folder = ''] = process.argv.slice(2);
const tests = await load(folder);

async function runOf(test: CollectedTest): Promise<Run> {
  const reached = new Set<number>();
  Object.assign(globalThis, { reached });
  const before = performance.now();
  await test.run();
  return { ms: performance.now() - before, reached: [...reached] };
}

async function answer({ id, tests: chosen }: Question): Promise<Answer> {
  Object.assign(globalThis, { mutant: id, reached: undefined });
  const runs: Run[] = [];
  for (const index of chosen ?? tests.keys()) {
    const test = tests[index];
    if (test === undefined) continue;
    try {
      if (id === 0) runs.push(await runOf(test));
      else await test.run();
    } catch {
      return { failed: index, title: test.title, runs };
    }
  }
  return { runs };
}

process.on('message', async (question: Question) => process.send?.(await answer(question)));
process.send?.('ready');
