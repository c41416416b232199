import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { float32, type Shape, type Tensor } from 'onnx-gradients/graph';
import { latentOfCodes } from '../../src/paint/latent/codes.js';
import { openStepper } from '../../src/paint/step/open-stepper.js';
import { adamCorrections } from '../../src/paint/step/schedule.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { randomWeights } from '../../src/zoo/architectures/random-weights.js';
import { readCodebook } from '../../src/zoo/codebook.js';
import { type LoadedModel, loadModel } from '../../src/zoo/load-model.js';
import { writeBuiltModel } from '../support/built-model.js';

// Written by training/reference/painting_loop.py.
const curvesSchema = z.object({
  seed: z.number(),
  codes: z.array(z.number()),
  crops: z.array(z.array(z.array(z.number()))),
  curves: z.array(
    z.object({ compat: z.enum(['crops', 'pool']), losses: z.array(z.number()), latent: z.array(z.number()) }),
  ),
});

const CELLS = 12;
const VIEWS = 3;
const SIZE = 16;
const PLACES = 32;

let folder: string;
let model: LoadedModel;
let stored: z.output<typeof curvesSchema>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-reference-'));
  await writeBuiltModel(folder);
  model = await loadModel({ folder });
  const file = new URL('./fixtures/reference-loop.json', import.meta.url);
  stored = curvesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
});
afterAll(() => rm(folder, { recursive: true }));

/** Random numbers of a step, the same as the other side makes. */
function drawn(name: string, shape: Shape, { scale, eye = false }: { scale: number; eye?: boolean }): Tensor {
  const { data } = randomWeights(stored.seed)(name, shape);
  const values = Float32Array.from(data as Float32Array, (value, index) => {
    const scaled = Math.fround(value * Math.fround(scale));
    return eye && (index % 9) % 4 === 0 ? scaled + 1 : scaled;
  });
  return float32(shape, values);
}

function prompts() {
  const embeddings = new Float32Array(PLACES * 12);
  const weights = new Float32Array(PLACES);
  for (const [index, weight] of [1, -0.4].entries()) {
    const { data } = randomWeights(stored.seed)(`prompt.${index}`, [1, 12]);
    const length = Math.hypot(...(data as Float32Array));
    embeddings.set(
      (data as Float32Array).map((value) => value / length),
      index * 12,
    );
    weights[index] = weight;
  }
  return {
    ...{ clip: 0, share: 1, embeddings: float32([PLACES, 12], embeddings) },
    ...{ weights: float32([PLACES], weights), stops: float32([PLACES], new Float32Array(PLACES).fill(-1e9)) },
  };
}

describe('the reference’s loop', () => {
  it.each([
    ['crops', VIEWS],
    ['crops', 2],
    ['pool', VIEWS],
  ] as const)(
    'falls along the curve that PyTorch computed: %s, %i views at a time',
    async (compat, chunk) => {
      const curve = stored.curves.find((candidate) => candidate.compat === compat);
      const { stepper } = await openStepper(model, createRuntime({ provider: 'cpu', threads: 1 }), {
        ...{ rows: CELLS, columns: CELLS, cutouts: VIEWS, chunk, clips: [0], effects: { compat } },
      });
      let latent = latentOfCodes(stored.codes, await readCodebook(model));
      let first: Float32Array = new Float32Array(latent.length);
      let second: Float32Array = new Float32Array(latent.length);
      const losses: number[] = [];
      for (const [index, crops] of stored.crops.entries()) {
        const views = {
          ...(compat === 'crops' && { crops: float32([VIEWS, 3], crops.flat()) }),
          warps: drawn(`warps.${index}`, [VIEWS, 3, 3], { scale: 0.2, eye: true }),
          colours: drawn(`colours.${index}`, [VIEWS, 3, 3], { scale: 0.1, eye: true }),
          noise: drawn(`noise.${index}`, [VIEWS, 3, SIZE, SIZE], { scale: 0.5 }),
        };
        const output = await stepper.step({
          ...{ latent, first, second, anchor: latent, pull: 0, learningRate: 0.1 },
          ...{ corrections: adamCorrections(index + 1), views: [views], conditionings: [prompts()] },
          stage: { finish: {}, pulls: {}, roll: {} },
        });
        ({ latent, first, second } = output);
        losses.push(output.loss);
      }
      await stepper.release();
      for (const [index, loss] of losses.entries()) expect(loss).toBeCloseTo(curve?.losses[index] ?? 0, 4);
      const furthest = Math.max(
        ...latent.map((value, index) => Math.abs(value - (curve?.latent[index] ?? 0))),
      );
      expect(furthest).toBeLessThan(0.01);
    },
  );
});
