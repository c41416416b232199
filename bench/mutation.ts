/**
 * How many small mistakes in the package's src/autodiff the tests notice: `npm run test:mutation -- --sample 300`.
 *
 * Every mutant is tried against the rows of its own operator family; the survivors then against all of test/autodiff.
 * The work happens in a copy of the sources; the tree stays as it is. With `--log FILE` it can be interrupted: what the
 * file has an answer to is not tried again, and several runs may share a file (`--shard 1/2` and `--shard 2/2`).
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { randomFrom } from '../packages/onnx-gradients/test/autodiff/support/random.js';
import { packageRoot } from '../src/package-root.js';
import { openAnswers } from './mutation/answers.js';
import { instrument, type Mutant } from './mutation/instrument.js';

interface Options {
  readonly sample?: string;
  readonly seed: string;
  readonly only: string;
  readonly log?: string;
  readonly shard: string;
  readonly list?: true;
  readonly rowsOnly?: true;
}

const options = new Command('mutation')
  .option('--sample <n>', 'try this many mutants, drawn at random; all by default')
  .option('--seed <text>', 'what the draw depends on', '1')
  .option('--only <text>', 'only files whose path contains this', '')
  .option('--log <file>', 'keep the answers here, and try only what it has none to')
  .option('--shard <i/n>', 'try the i-th of n parts', '1/1')
  .option('--rows-only', 'leave the survivors at that: quick, and a lower bound of the score')
  .option('--list', 'print the mutants and stop')
  .parse()
  .opts<Options>();

const PACKAGE = join('packages', 'onnx-gradients');
const SOURCES = join(PACKAGE, 'src', 'autodiff');
/** Longer than any honest row takes; a mutant that loops is noticed. */
const PATIENCE_MS = 400_000;
/** What the mutants' code does not run: the table's text, the types, and memory planning with tests of its own. */
const LEFT_OUT = /(memory[/\\].*|operator-table|entry|not-differentiable)\.ts$/;

/** Which mutant is on: set by the child that tries many, or by the environment for a whole test run. */
const CHOICE = 'globalThis.mutant ??= Number(process.env.MUTANT ?? 0);\n';

const root = packageRoot();
const folder = mkdtempSync(join(tmpdir(), 'easel-mutation-'));
try {
  for (const part of ['src', 'packages', 'bench', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const all = instrumentAll();
  const mutants = draw(all);
  if (options.list) for (const mutant of mutants) process.stdout.write(`${describe(mutant)}\n`);
  else await report(mutants, all.length);
} finally {
  rmSync(folder, { recursive: true });
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

/** Tries the mutants on the rows, then the survivors on everything, and prints the score. */
async function report(mutants: readonly Mutant[], total: number): Promise<void> {
  let child = start();
  const none = { id: 0, file: '', line: 0, original: '', replacement: '' };
  if ((await tried(child, none)) || !(options.rowsOnly || passesAll(none.id)))
    throw new Error('Expected the tests to pass without any mutant.');
  const survivors: Mutant[] = [];
  const answers = openAnswers(options.log);
  for (const [index, mutant] of mutants.entries()) {
    const isNoticed =
      answers.of(mutant) ??
      ((await tried(child, mutant)) || (!options.rowsOnly && (await triedElsewhere(mutant))));
    answers.keep(mutant, isNoticed);
    if (child.exitCode !== null || child.killed) child = start();
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
    `${killed} of ${mutants.length} mutants noticed (${percent} %), drawn from ${total}.\n`,
  );
}

async function triedElsewhere(mutant: Mutant): Promise<boolean> {
  return (await triedAfresh(mutant)) || !passesAll(mutant.id);
}

/** Once more in a process that has the mutant from its start: what runs while modules load is mutated only there. */
async function triedAfresh(mutant: Mutant): Promise<boolean> {
  const child = start(mutant.id);
  try {
    return await tried(child, mutant);
  } finally {
    child.kill();
  }
}

function start(id = 0): ChildProcess {
  return fork(join(folder, 'bench', 'mutation', 'try-mutants.ts'), {
    cwd: folder,
    env: { ...process.env, MUTANT: String(id) },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** Whether a row fails under the mutant; a crash and a hang count as failures. */
function tried(child: ChildProcess, { id, file }: Mutant): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const finish = (isNoticed: boolean) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(isNoticed);
    };
    child.once('exit', () => finish(true));
    child.once('message', ({ failed }: { readonly failed?: string }) => finish(failed !== undefined));
    child.send({ id, file });
  });
}

/** The tests beside the rows: the driver, whole networks, random graphs, the tables. */
function passesAll(id: number): boolean {
  const rest = ['--exclude', '**/rules/**', '--exclude', '**/rematerialise.test.ts'];
  const { status } = spawnSync(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      join(PACKAGE, 'test', 'autodiff'),
      ...rest,
      '--bail',
      '1',
    ],
    { cwd: folder, env: { ...process.env, MUTANT: String(id) }, stdio: 'ignore', timeout: PATIENCE_MS },
  );
  return status === 0;
}
