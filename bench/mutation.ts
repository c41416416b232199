/**
 * How many small mistakes in the package's src/autodiff the tests notice: `npm run test:mutation -- --sample 300`.
 *
 * Every mutant is tried against the tests that come by its place, the shortest first.
 * The work happens in a copy of the sources; the tree stays as it is. With `--log FILE` it can be interrupted: what the
 * file has an answer to is not tried again, and several runs may share a file (`--shard 1/2` and `--shard 2/2`).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { randomFrom } from '../packages/onnx-gradients/test/autodiff/support/random.js';
import { packageRoot } from '../src/package-root.js';
import { openAnswers } from './mutation/answers.js';
import { type Answer, coverageOf, type Question } from './mutation/coverage.js';
import { instrument, type Mutant } from './mutation/instrument.js';

interface Options {
  readonly sample?: string;
  readonly seed: string;
  readonly only: string;
  readonly log?: string;
  readonly shard: string;
  readonly budget: string;
  readonly list?: true;
}

const options = new Command('mutation')
  .option('--sample <n>', 'try this many mutants, drawn at random; all by default')
  .option('--seed <text>', 'what the draw depends on', '1')
  .option('--only <text>', 'only files whose path contains this', '')
  .option('--log <file>', 'keep the answers here, and try only what it has none to')
  .option('--shard <i/n>', 'try the i-th of n parts', '1/1')
  .option('--budget <seconds>', 'how long the tests tried on a mutant may take in all, without it', '60')
  .option('--list', 'print the mutants and stop')
  .parse()
  .opts<Options>();

const PACKAGE = join('packages', 'onnx-gradients');
const SOURCES = join(PACKAGE, 'src', 'autodiff');
/** The place of no test. */
const CRASHED = -1;
/** Longer than any honest row takes; a mutant that loops is noticed. */
const PATIENCE_MS = 400_000;
/** What the mutants' code does not run: the table's text, the types, and memory planning with tests of its own. */
const LEFT_OUT = /(memory[/\\].*|operator-table|entry|not-differentiable)\.ts$/;

/** Which mutant is on: set by the child that tries many, or by the environment from its start. */
const CHOICE = `globalThis.mutant ??= Number(process.env.MUTANT ?? 0);
const isMutant = (id) => { globalThis.reached?.add(id); return globalThis.mutant === id; };
`.replaceAll('\n', ' ');

const root = packageRoot();
const folder = mkdtempSync(join(tmpdir(), 'easel-mutation-'));
try {
  for (const part of ['src', 'packages', 'bench', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  takeTestsFrom('./bench/mutation/collected-tests.ts');
  const all = instrumentAll();
  const mutants = draw(all);
  if (options.list) for (const mutant of mutants) process.stdout.write(`${describe(mutant)}\n`);
  else await report(mutants, all);
} finally {
  rmSync(folder, { recursive: true });
}

/** Lets the copy's tests be collected by the given file instead of run by vitest. */
function takeTestsFrom(file: string): void {
  const path = join(folder, 'tsconfig.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  config.compilerOptions.paths.vitest = [file];
  writeFileSync(path, JSON.stringify(config));
}

function instrumentAll(): readonly Mutant[] {
  const all: Mutant[] = [];
  const files = readdirSync(join(folder, SOURCES), { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file)).sort()) {
    const file = join(SOURCES, name);
    const path = join(folder, file);
    const { code, mutants } = instrument(file, readFileSync(path, 'utf8'), all.length + 1);
    writeFileSync(path, CHOICE + code);
    all.push(...mutants);
  }
  return all;
}

function draw(all: readonly Mutant[]): readonly Mutant[] {
  const [part = 1, parts = 1] = options.shard.split('/').map(Number);
  const eligible = all.filter(({ id, file }) => file.includes(options.only) && id % parts === part % parts);
  if (options.sample === undefined) return eligible;
  const random = randomFrom(options.seed);
  const shuffled = eligible
    .map((mutant) => ({ mutant, key: random() }))
    .sort((one, other) => one.key - other.key);
  return shuffled.slice(0, Number(options.sample)).map(({ mutant }) => mutant);
}

function describe({ file, line, original, replacement }: Mutant): string {
  const short = (words: string) => words.replace(/\s+/g, ' ').slice(0, 70);
  return `${file}:${line}  ${short(original)}  →  ${short(replacement)}`;
}

/** Tries the mutants one after the other and prints the score. */
async function report(mutants: readonly Mutant[], total: readonly Mutant[]): Promise<void> {
  let child = await start();
  const clean = await answered(child, { id: 0 });
  if (clean.failed !== undefined)
    throw new Error(`Expected the tests to pass without any mutant, but ${clean.title} fails.`);
  const coverage = coverageOf(clean.runs, total, 1000 * Number(options.budget));
  const survivors: Mutant[] = [];
  const answers = openAnswers(options.log);
  for (const [index, mutant] of mutants.entries()) {
    const isNoticed = answers.of(mutant) ?? (await isNoticedBy(mutant));
    answers.keep(mutant, isNoticed);
    if (child.exitCode !== null || child.signalCode !== null) child = await start();
    if (!isNoticed) {
      survivors.push(mutant);
      process.stdout.write(`survived: ${describe(mutant)}\n`);
    }
    if (index % 50 === 49)
      process.stderr.write(`${index + 1} of ${mutants.length}, ${survivors.length} survived\n`);
  }
  child.kill();
  const killed = mutants.length - survivors.length;
  const percent = ((100 * killed) / mutants.length).toFixed(1);
  process.stdout.write(
    `${killed} of ${mutants.length} mutants noticed (${percent} %), drawn from ${total.length}.\n`,
  );

  async function isNoticedBy(mutant: Mutant): Promise<boolean> {
    const question = { id: mutant.id, tests: coverage.testsOf(mutant) };
    const { failed } = await (mutant.isEager ? answeredAfresh(question) : answered(child, question));
    if (failed !== undefined && failed !== CRASHED) coverage.keep(mutant, failed);
    return failed !== undefined;
  }
}

/** In a process that has the mutant from its start: what runs while modules load is mutated only there. */
async function answeredAfresh(question: Question): Promise<Answer> {
  const child = await start(question.id).catch(() => undefined);
  if (child === undefined) return { failed: CRASHED, runs: [] };
  try {
    return await answered(child, question);
  } finally {
    child.kill();
  }
}

/** A child that has loaded the tests. */
function start(id = 0): Promise<ChildProcess> {
  const child = fork(
    join(folder, 'bench', 'mutation', 'try-mutants.ts'),
    [join(folder, PACKAGE, 'test', 'autodiff')],
    {
      cwd: folder,
      env: { ...process.env, MUTANT: String(id) },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', () => reject(new Error('The tests do not load.')));
  });
}

/** What a child says to a question; a crash and a hang count as failures. */
function answered(child: ChildProcess, question: Question): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    child.once('exit', () => finish({ failed: CRASHED, title: 'a crash', runs: [] }));
    child.once('message', (answer: Answer) => finish(answer));
    child.send(question);
  });
}
