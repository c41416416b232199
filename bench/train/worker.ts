/** A child of bench/train.ts: trains on one random batch, a step for every message, reporting time and memory. */
import { randomFromSeed } from '../../src/paint/random.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { initialise } from '../../src/train/initialise.js';
import { adamW } from '../../src/train/optimisers/adamw.js';
import { createTrainee, openHostStep } from '../../src/train/steppers/host-step.js';
import { timed } from '../gradients/timed.js';
import type { TrainCase } from './cases.js';
import { prepare } from './prepare.js';

const { threads, spinning, ...entry } = JSON.parse(process.argv[2] ?? '') as TrainCase & {
  readonly threads: number;
  readonly spinning: boolean;
}; // from our own parent
const runtime = createRuntime({ provider: 'cpu', threads, spinning });
const random = randomFromSeed(1);
const { model, layouts, feeds } = prepare(entry, random);
const trainees = layouts.map(createTrainee);
for (const { layout, weights } of trainees) initialise(layout, weights, random);
const step = await openHostStep({ runtime, model, trainees });
const times = entry.network === 'kernel' ? entry.times : 1;
let count = 0;

async function run(): Promise<void> {
  await step.run(feeds);
  count += 1;
  for (const trainee of trainees) {
    adamW(trainee, count, { learningRate: 1e-5, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0.01 });
  }
}

process.on('message', async () => {
  const took = await timed(async () => {
    for (let index = 0; index < times; index += 1) await run();
  });
  process.send?.({
    ms: took.ms / times,
    cpuMs: took.cpuMs / times,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  });
});
process.send?.({ version: runtime.version });
