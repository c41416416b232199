/**
 * Painting with the pocket model against the arithmetic it contains: `npm run bench:paint`. Every round measures the step and
 * the floor (large convolutions and matrix products) one after the other, so that a busy machine is busy for both.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { type Floor, floorMs, openFloor, stepArithmetic } from './paint/arithmetic.js';
import { median } from './paint/median.js';
import type { PaintMeasurement, PaintWork } from './paint/worker.js';

const positive = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a positive integer.');
  return value;
};

const { threads, rounds, steps } = new Command('bench:paint')
  .option('--threads <n>', 'threads', positive, availableParallelism())
  .option('--rounds <n>', 'rounds; medians over them are printed', positive, 5)
  .option('--steps <n>', 'steps a round', positive, 20)
  .parse()
  .opts<{ threads: number; rounds: number; steps: number }>();

interface Measurements {
  /** Opening the graphs in a fresh process with an empty cache. */
  readonly build: PaintMeasurement;
  readonly floor: Floor;
  readonly paint: PaintMeasurement;
}

/** The default, then four times as many cutouts with ever less memory. */
const CASES = [
  { cutouts: 16, chunk: 16 },
  { cutouts: 64, chunk: 64 },
  { cutouts: 64, chunk: 16 },
  { cutouts: 64, chunk: 4 },
] as const;

const floor = await openFloor(threads);
const rows: string[][] = [];
for (const { cutouts, chunk } of CASES) {
  const measurements: Measurements[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cacheDir = mkdtempSync(join(tmpdir(), 'easel-bench-'));
    const work = { threads, chunk, cutouts, cacheDir };
    const build = await paint({ ...work, steps: 0 });
    measurements.push({ build, floor: await floor.measure(), paint: await paint({ ...work, steps }) });
    rmSync(cacheDir, { recursive: true });
  }
  const over = (pick: (measurement: Measurements) => number) => median(measurements.map(pick));
  const arithmetic = await stepArithmetic({ cutouts, chunk });
  const ideal = over((m) => floorMs(arithmetic, m.floor));
  const stepMs = over((m) => m.paint.stepMs);
  rows.push([
    `${cutouts} cutouts, ${chunk === cutouts ? 'all at once' : `${chunk} at a time`}`,
    `${((arithmetic.convolution + arithmetic.matrix) / 1e9).toFixed(1)}`,
    `${stepMs.toFixed(0)} ms`,
    `${ideal.toFixed(0)} ms`,
    `${((100 * ideal) / stepMs).toFixed(0)} %`,
    `${(over((m) => m.build.openMs) / 1000).toFixed(2)} s`,
    `${(over((m) => m.paint.openMs) / 1000).toFixed(2)} s`,
    `${(over((m) => m.paint.peakBytes) / 1e6).toFixed(0)} MB`,
  ]);
  process.stderr.write(`${rows.at(-1)?.join('  ')}\n`);
}
const rates = await floor.measure();
await floor.close();

const head = [
  'pocket, 128 × 128',
  'GMAC a step',
  'step',
  'floor',
  'share of floor',
  'build graphs',
  'load cached',
  'peak memory',
];
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
process.stdout.write(
  [
    `${cpus()[0]?.model.trim()}, ${threads} threads of ${availableParallelism()} cores; convolutions ${rates.convolution.toFixed(0)}, matrix products ${rates.matrix.toFixed(0)} GFLOP/s; medians of ${rounds} rounds of ${steps} steps.`,
    '',
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
  ].join('\n'),
);

/** Paints in a process of its own, so that its memory is its own. */
function paint(work: PaintWork): Promise<PaintMeasurement> {
  const child = fork(fileURLToPath(new URL('./paint/worker.ts', import.meta.url)), [JSON.stringify(work)], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (measurement: PaintMeasurement) => resolve(measurement));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The painting process ended with ${code}.`)));
  });
}
