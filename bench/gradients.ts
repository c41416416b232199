/**
 * Gradients of full-size networks against the arithmetic they contain and against PyTorch: `npm run bench:gradients`.
 * See docs/performance.md for what the columns mean and how to install PyTorch for this.
 */
import { appendFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CASES } from './gradients/cases.js';
import { type Clock, type Line, race } from './gradients/race.js';
import { table } from './gradients/table.js';

interface Options {
  readonly case?: readonly string[];
  readonly python?: string;
  readonly threads: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly clock: Clock;
  readonly out?: string;
}

const positive = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a positive integer.');
  return value;
};

const names = CASES.map(({ name }) => name);
const options = new Command('bench:gradients')
  .addOption(new Option('--case <names...>', 'only these lines').choices(names))
  .option('--python <path>', 'an interpreter that has torch: compare with PyTorch')
  .option('--threads <n>', 'threads on both sides', positive, Math.min(2, availableParallelism()))
  .option('--rounds <n>', 'most rounds a case', positive, 7)
  .option(
    '--seconds <n>',
    'seconds a case after which no further round starts (three always run)',
    positive,
    30,
  )
  .addOption(
    new Option('--clock <clock>', 'cpu: compare CPU time, where other programs run')
      .choices(['wall', 'cpu'])
      .default('wall'),
  )
  .option('--out <file>', 'append the table to this file')
  .parse()
  .opts<Options>();

const lines: Line[] = [];
for (const entry of CASES.filter(({ name }) => options.case?.includes(name) ?? true)) {
  process.stderr.write(`${entry.title} …\n`);
  const line = await race(entry, {
    threads: options.threads,
    rounds: options.rounds,
    secondsPerCase: options.seconds,
    clock: options.clock,
    python: options.python,
    layout: lines.find(({ network, layout }) => network === entry.network && layout)?.layout,
  });
  process.stderr.write(`${table([line]).split('\n').at(-1)}\n`);
  lines.push(line);
}

const labels = new Set(lines.flatMap(({ ours, torch }) => [ours.label, ...(torch ? [torch.label] : [])]));
const setting = `${cpus()[0]?.model.trim()}, ${options.threads} threads, ${options.clock} time, medians; ${[...labels].join('; ')}`;
const report = `${setting}\n\n${table(lines)}\n`;
process.stdout.write(report);
if (options.out !== undefined) appendFileSync(options.out, report);
