/** A child of bench/train.ts: trains on one random batch, a step for every message, reporting time and memory. */
import { float32, int64 } from 'onnx-gradients/graph';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { transformerStep } from '../../src/train/graphs/transformer-step.js';
import { vqganStep } from '../../src/train/graphs/vqgan-step.js';
import { vqganCodec } from '../../src/train/codec/built-codec.js';
import { createTrainee, openHostStep } from '../../src/train/steppers/host-step.js';
import { initialise } from '../../src/train/initialise.js';
import { adamW } from '../../src/train/optimisers/adamw.js';
import { randomFromSeed } from '../../src/paint/random.js';
import { timed } from '../gradients/timed.js';
import type { TrainCase } from './cases.js';

const { threads, spinning, ...entry } = JSON.parse(process.argv[2] ?? '') as TrainCase & {
  readonly threads: number;
  readonly spinning: boolean;
}; // from our own parent
const runtime = createRuntime({ provider: 'cpu', threads, spinning });
const random = randomFromSeed(1);

function prepared() {
  const { batch } = entry;
  if (entry.network === 'transformer') {
    const { config } = entry;
    const { model, layout } = transformerStep(config, batch);
    const places = config.grid[0] * config.grid[1];
    const drawn = (shape: readonly number[], below: number) =>
      int64(
        shape,
        Array.from({ length: shape.reduce((all, size) => all * size, 1) }, () => random.integer(below)),
      );
    const feeds = {
      ids: drawn([batch, config.context], config.vocabulary),
      near: drawn([batch, places, 3], config.codes + 1),
      targets: drawn([batch * places], config.codes),
    };
    return { model, layouts: [layout], feeds };
  }
  const { config, side, discriminator } = entry;
  const graph = vqganStep({
    ...{ codec: vqganCodec(config), batch, side, codebook: 'loss', commitment: 0.25 },
    ...(discriminator && { adversarial: { shape: discriminator, loss: 'hinge', weight: 0.8 } }),
  });
  const shape = [batch, 3, side, side];
  const picture = Float32Array.from({ length: batch * 3 * side * side }, () => 2 * random.uniform() - 1);
  return {
    model: graph.model,
    layouts: [graph.layout, ...(graph.adversary ? [graph.adversary] : [])],
    feeds: { picture: float32(shape, picture) },
  };
}

const { model, layouts, feeds } = prepared();
const trainees = layouts.map(createTrainee);
for (const { layout, weights } of trainees) initialise(layout, weights, random);
const step = await openHostStep({ runtime, model, trainees });
let count = 0;

process.on('message', async () => {
  const times = await timed(async () => {
    await step.run(feeds);
    count += 1;
    for (const trainee of trainees) {
      adamW(trainee, count, { learningRate: 1e-5, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0.01 });
    }
  });
  process.send?.({ ...times, peakBytes: process.resourceUsage().maxRSS * 1024 });
});
process.send?.({ version: runtime.version });
