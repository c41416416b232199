/**
 * Training steps beside PyTorch's: `npm run bench:train -- --python PYTHON`. Forward, backward by all weights, AdamW; the contestants
 * take turns in one run, medians of their times. See docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { oneOf, wholeNumber } from '../src/cli/option-values.js';
import { type Contestant, forked, type Layout, type Measurement, pyTorch } from './gradients/contestant.js';
import { median } from './paint/median.js';
import { CASES, type TrainCase } from './train/cases.js';

const options = new Command('bench:train')
  .option('--python <path>', 'an interpreter with torch; without one Easel runs alone')
  .option('--threads <n>', 'threads of every contestant', wholeNumber('--threads', { min: 1, max: 256 }), 2)
  .option('--rounds <n>', 'steps of each', wholeNumber('--rounds', { min: 1, max: 1000 }), 5)
  .option(
    '--clock <name>',
    'wall, or cpu for a machine that is not ours alone',
    oneOf('--clock', ['wall', 'cpu']),
    'wall',
  )
  .option('--case <text>', 'only cases whose title holds this')
  .option('--out <file>', 'the table, also into a file')
  .parse()
  .opts<{
    python?: string;
    threads: number;
    rounds: number;
    clock: 'wall' | 'cpu';
    case?: string;
    out?: string;
  }>();

const LAYOUTS: readonly Layout[] = ['contiguous', 'channels-last'];
const HEAD = [
  'step',
  'Easel',
  'CPU time',
  'peak memory',
  'PyTorch',
  'CPU time',
  'peak memory',
  'Easel / PyTorch',
];

interface Side {
  readonly label: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

async function line(entry: TrainCase): Promise<string> {
  const { threads, python } = options;
  const spinning = options.clock === 'wall';
  const ours = await forked(new URL('train/worker.ts', import.meta.url), { ...entry, threads, spinning });
  const layouts = entry.network === 'vqgan' ? LAYOUTS : LAYOUTS.slice(0, 1);
  const others = await Promise.all(
    python === undefined
      ? []
      : layouts.map((layout) =>
          pyTorch({ python, threads, layout, script: 'training_step.py', work: entry }),
        ),
  );
  const sides = await alternate([ours, ...others]);
  for (const contestant of [ours, ...others]) await contestant.close();
  const [own, ...theirs] = sides;
  const timeOf = ({ ms, cpuMs }: Side) => (options.clock === 'wall' ? ms : cpuMs);
  const best = theirs.sort((one, another) => timeOf(one) - timeOf(another))[0];
  if (!own) throw new Error('Easel was measured.');
  const cells = (side: Side | undefined) =>
    side ? [seconds(side.ms), seconds(side.cpuMs), megabytes(side.peakBytes)] : ['–', '–', '–'];
  const ratio = best ? (timeOf(own) / timeOf(best)).toFixed(2) : '–';
  return row([entry.title, ...cells(own), ...cells(best), ratio]);
}

async function alternate(contestants: readonly Contestant[]): Promise<Side[]> {
  const runs = contestants.map((): Measurement[] => []);
  for (const contestant of contestants) await contestant.measure(); // the first step makes what later ones use
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) runs[index]?.push(await contestant.measure());
  }
  return contestants.map(({ label }, index) => ({
    label,
    ms: median((runs[index] ?? []).map(({ ms }) => ms)),
    cpuMs: median((runs[index] ?? []).map(({ cpuMs }) => cpuMs)),
    peakBytes: Math.max(...(runs[index] ?? []).map(({ peakBytes }) => peakBytes)),
  }));
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const seconds = (ms: number) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

const chosen = CASES.filter(({ title }) => title.includes(options.case ?? ''));
const lines = [row(HEAD), row(HEAD.map((_, index) => (index === 0 ? '---' : '---:')))];
for (const text of lines) process.stdout.write(`${text}\n`);
for (const entry of chosen) {
  const text = await line(entry);
  lines.push(text);
  process.stdout.write(`${text}\n`);
}
const told = `\n${cpus()[0]?.model ?? 'unknown processor'}, ${options.threads} threads, medians of ${options.rounds} steps (${options.clock} time compared).\n`;
process.stdout.write(told);
if (options.out !== undefined) writeFileSync(options.out, `${lines.join('\n')}\n${told}`);
