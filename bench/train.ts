/**
 * Training steps and kernel gradients beside PyTorch's: `npm run bench:train -- --python PYTHON`. A step is forward, backward by
 * all weights, AdamW; the contestants take turns in one run, medians of their times. A table kept by `--out` is gone on with.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { oneOf, wholeNumber } from '../src/cli/option-values.js';
import { CASES } from './train/cases.js';
import { type Line, type Mode, race, type Side } from './train/race.js';

const options = new Command('bench:train')
  .option('--python <path>', 'an interpreter with torch; without one Easel runs alone')
  .option('--threads <n>', 'threads of every contestant', wholeNumber('--threads', { min: 1, max: 256 }), 2)
  .option('--rounds <n>', 'steps of each', wholeNumber('--rounds', { min: 1, max: 1000 }), 5)
  .option(
    '--clock <name>',
    'wall, or cpu for a machine that is not ours alone (threads that wait then sleep)',
    oneOf('--clock', ['wall', 'cpu']),
    'wall',
  )
  .option('--case <text>', 'only cases whose title holds this')
  .option('--quick', 'three rounds, without the longest case and without floors: minutes')
  .option('--also <modes...>', 'PyTorch also as compile and bf16', oneOfEach(['compile', 'bf16']), [])
  .option('--out <file>', 'the table, also into a file; lines that are there are not measured again')
  .parse()
  .opts<{
    python?: string;
    threads: number;
    rounds: number;
    clock: 'wall' | 'cpu';
    case?: string;
    quick?: true;
    also: readonly Mode[];
    out?: string;
  }>();

const { threads, clock, quick, also, out } = options;
const rounds = quick ? Math.min(3, options.rounds) : options.rounds;
const settings = { threads, rounds, clock, python: options.python, also, floor: !quick };

const HEAD = [
  'step',
  'Easel',
  'CPU time',
  'peak memory',
  'share of floor',
  'PyTorch',
  'CPU time',
  'peak memory',
  'Easel / PyTorch, wall',
  'CPU time',
  'memory',
  ...also.map((mode) => `PyTorch ${mode}, CPU time`),
];

function cellsOf({ ours, eager, others, floorShare }: Line): readonly string[] {
  const ratio = (of: (side: Side) => number) => (eager ? (of(ours) / of(eager)).toFixed(2) : '–');
  return [
    ...sideCells(ours),
    floorShare === undefined ? '–' : `${(100 * floorShare).toFixed(0)} %`,
    ...sideCells(eager),
    ratio(({ ms }) => ms),
    ratio(({ cpuMs }) => cpuMs),
    ratio(({ peakBytes }) => peakBytes),
    ...also.map((mode) => (others[mode] ? time(others[mode].cpuMs) : '–')),
  ];
}

const sideCells = (side: Side | undefined) =>
  side ? [time(side.ms), time(side.cpuMs), `${(side.peakBytes / 1e6).toFixed(0)} MB`] : ['–', '–', '–'];
const time = (ms: number) =>
  ms < 100 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;

function oneOfEach(names: readonly Mode[]) {
  const one = oneOf('--also', names);
  return (text: string, before: readonly Mode[]): readonly Mode[] => [...before, one(text)];
}

function tell(text: string): void {
  process.stdout.write(text);
  if (out !== undefined) appendFileSync(out, text);
}

const kept = out !== undefined && existsSync(out) ? readFileSync(out, 'utf8') : '';
process.stdout.write(kept);
if (kept === '') {
  tell(`${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads, medians of ${rounds} steps.\n\n`);
  tell(row(HEAD) + row(HEAD.map((_, index) => (index === 0 ? '---' : '---:'))));
}
for (const entry of CASES) {
  const { title } = entry;
  if (!title.includes(options.case ?? '') || kept.includes(`| ${title} |`) || (quick && entry.isLong))
    continue;
  tell(row([title, ...cellsOf(await race(entry, settings))]));
}
