/**
 * A child of bench/mutation.ts, run inside the copy: answers every mutant with the title of the first test that it fails,
 * or with nothing.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CollectedTest, takeCollected } from './collected-tests.js';

/** The families whose rows run the code of a rule file of another name. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  einsum: ['linear'],
  'flipped-kernel': ['convolution'],
  'grid-sample': ['resampling'],
  'kernel-gradient': ['convolution'],
  logic: ['arithmetic'],
  padding: ['arrangement'],
  product: ['arithmetic'],
  'sampling-taps': ['resampling', 'resize'],
  scatter: ['indexing'],
  'spread-windows': ['convolution', 'pooling'],
};

interface Suite {
  readonly name: string;
  readonly isOfRules: boolean;
  readonly tests: readonly CollectedTest[];
}

/** The tests of src/autodiff, but for memory planning, which the mutants leave alone. */
async function load(folder: string): Promise<readonly Suite[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.test.ts') && !file.startsWith('memory'),
  );
  const suites: Suite[] = [];
  for (const file of files.sort()) {
    await import(pathToFileURL(join(folder, file)).href);
    suites.push({
      name: basename(file, '.test.ts'),
      isOfRules: file.startsWith('rules'),
      tests: takeCollected(),
    });
  }
  return suites;
}

const [folder = ''] = process.argv.slice(2);
const suites = await load(folder);
/** The tests that noticed a mutant of a file, the latest first: they are tried first on its next. */
const noticed = new Map<string, CollectedTest[]>();

/** The rows of a rule's own family and then what is common, or what is common and then all rows. */
function ordered(file: string): readonly CollectedTest[] {
  const name = /rules\/([\w-]+)\.ts$/.exec(file)?.[1];
  const families = name === undefined ? [] : (FAMILIES[name] ?? [name]);
  const own = suites.filter(({ isOfRules, name }) => isOfRules && families.includes(name));
  const common = suites.filter(({ isOfRules }) => !isOfRules);
  const all = name === undefined || own.length === 0 ? suites.filter(({ isOfRules }) => isOfRules) : [];
  return [
    ...new Set([...(noticed.get(file) ?? []), ...[...own, ...common, ...all].flatMap(({ tests }) => tests)]),
  ];
}

async function firstFailure(file: string): Promise<string | undefined> {
  for (const test of ordered(file)) {
    try {
      await test.run();
    } catch {
      const others = (noticed.get(file) ?? []).filter((other) => other !== test);
      noticed.set(file, [test, ...others]);
      return test.title;
    }
  }
  return undefined;
}

process.on('message', async ({ id, file }: { readonly id: number; readonly file: string }) => {
  Object.assign(globalThis, { mutant: id });
  process.send?.({ id, failed: await firstFailure(file) });
});
process.send?.('ready');
