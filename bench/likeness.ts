/**
 * How good a VQGAN gets in the same processor time here and in PyTorch: `npm run bench:likeness -- --pictures FOLDER --python
 * PYTHON`. Same pictures in the same order, same first weights, same schedule over as many steps as fit; only the steps differ.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { numberBetween, oneOf, wholeNumber } from '../src/cli/option-values.js';
import type { TrainVqganRequest } from '../src/contracts/train-request.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { PRESETS } from '../src/train/presets.js';
import { openVqganStage } from '../src/train/stages/vqgan-stage.js';
import { openHostStepper } from '../src/train/steppers/host-stepper.js';
import type { Stepper, StepperOptions } from '../src/train/steppers/stepper.js';
import { openTorchStepper } from './train/torch-stepper.js';

const options = new Command('bench:likeness')
  .requiredOption('--pictures <folder>', 'what is learnt')
  .requiredOption('--python <path>', 'an interpreter with torch')
  .option(
    '--minutes <n>',
    'of processor time for each',
    numberBetween('--minutes', { min: 0.1, max: 600 }),
    15,
  )
  .option('--preset <name>', 'tiny, small, medium', oneOf('--preset', ['tiny', 'small', 'medium']), 'small')
  .option('--threads <n>', 'threads of both', wholeNumber('--threads', { min: 1, max: 256 }), 1)
  .option('--layout <name>', "PyTorch's", oneOf('--layout', ['contiguous', 'channels-last']), 'channels-last')
  .option('--seed <n>', 'of weights and order', wholeNumber('--seed', { min: 0, max: 1e9 }), 1)
  .parse()
  .opts<{
    pictures: string;
    python: string;
    minutes: number;
    preset: 'tiny' | 'small' | 'medium';
    threads: number;
    layout: 'contiguous' | 'channels-last';
    seed: number;
  }>();

const { config, batch } = PRESETS[options.preset].vqgan;
const shape = [batch, 3, config.resolution, config.resolution];
/** Steps by which it is found out how long one takes; the first makes what later ones use. */
const TRIAL = 6;

const folder = mkdtempSync(join(tmpdir(), 'easel-likeness-'));
const runtime = createRuntime({ provider: 'cpu', threads: options.threads, spinning: false });

/** Trains so many steps, and tells what they took and what came of them. */
async function learn(
  open: (opened: StepperOptions, onStep: (seconds: number) => void) => Promise<Stepper>,
  steps: number,
) {
  const request: TrainVqganRequest = {
    ...{ stage: 'vqgan', preset: options.preset, steps, seed: options.seed, flip: true, codebook: 'ema' },
    ...{ pictures: resolve(options.pictures), out: join(folder, 'out'), dataDir: folder, clip: 'pocket' },
    ...{ perceptualWeight: 0, adversarial: 'none', adversarialWeight: 0, colours: 0 },
    ...{ fresh: true, provider: 'cpu', threads: options.threads },
  };
  const seconds: number[] = [];
  const { stage } = await openVqganStage(request, {
    runtime,
    onSkipped: () => undefined,
    openStepper: (opened) => open(opened, (each) => seconds.push(each)),
  });
  for (let step = 1; step <= steps; step += 1) {
    const { losses } = await stage.step(step);
    if (step % 50 === 0) process.stderr.write(`  step ${step} of ${steps}: l1 ${losses['l1']?.toFixed(4)}\n`);
  }
  await stage.settle();
  const { metrics } = await stage.measure(steps);
  await stage.release();
  return { metrics, seconds };
}

const ours = async (opened: StepperOptions, onStep: (seconds: number) => void): Promise<Stepper> => {
  const stepper = await openHostStepper(opened);
  return {
    ...stepper,
    step: async (...args) => {
      const before = process.cpuUsage();
      const result = await stepper.step(...args);
      const { user, system } = process.cpuUsage(before);
      onStep((user + system) / 1e6);
      return result;
    },
  };
};
const theirs = (opened: StepperOptions, onStep: (seconds: number) => void) =>
  openTorchStepper({ ...opened, ...options, config, shape, commitment: 0.25, onStep });

for (const [name, open] of [
  ['Easel', ours],
  [`PyTorch, ${options.layout}`, theirs],
] as const) {
  const trial = (await learn(open, TRIAL)).seconds.slice(1);
  const each = trial.reduce((sum, value) => sum + value, 0) / trial.length;
  const steps = Math.max(TRIAL, Math.round((60 * options.minutes) / each));
  const { metrics, seconds } = await learn(open, steps);
  const took = seconds.reduce((sum, value) => sum + value, 0) / 60;
  const told = Object.entries(metrics).map(([metric, value]) => `${metric} ${value.toFixed(2)}`);
  process.stdout.write(`${name}: ${steps} steps in ${took.toFixed(1)} min, held out ${told.join(', ')}\n`);
}
rmSync(folder, { recursive: true });
