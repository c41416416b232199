import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { float32, int64 } from 'onnx-gradients/graph';
import type { VqganConfig } from '../../src/contracts/architectures.js';
import { CODEBOOK } from '../../src/train/codec/trainable-codec.js';
import { NAMES } from '../../src/train/graphs/vqgan-step.js';
import type { Stepper, StepperOptions } from '../../src/train/steppers/stepper.js';
import type { Layout } from '../gradients/contestant.js';

export interface TorchStepperOptions extends StepperOptions {
  readonly python: string;
  readonly threads: number;
  readonly layout: Layout;
  readonly config: VqganConfig;
  /** [n, 3, side, side] */
  readonly shape: readonly number[];
  readonly commitment: number;
  /** Told the processor time of every step. */
  readonly onStep: (seconds: number) => void;
}

/** PyTorch in the place of the runtime: a VQGAN's steps from the same weights, with the stage's own codebook. */
export async function openTorchStepper(options: TorchStepperOptions): Promise<Stepper> {
  const { python, threads, layout, config, shape, commitment, onStep } = options;
  const [learner, ...others] = options.learners;
  if (!learner?.average || others.length > 0) throw new Error('Expected a VQGAN without a discriminator.');
  const { trainee, adam, longest, average } = learner;
  const codes = trainee.layout.places.get(CODEBOOK);
  if (!codes) throw new Error('The network has no codebook.');
  const folder = mkdtempSync(join(tmpdir(), 'easel-torch-'));
  const file = (name: string) => join(folder, name);
  writeFileSync(file('weights'), trainee.weights);
  const child = spawn(
    python,
    [
      fileURLToPath(new URL('../pytorch/vqgan_stepper.py', import.meta.url)),
      ...['--threads', String(threads), '--layout', layout],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const ask = async <Answer>(request: object): Promise<Answer> => {
    const answered = once(lines, 'line');
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const [line] = await answered;
    return JSON.parse(line) as Answer; // the script is ours
  };
  await ask({
    ...{ config, shape, commitment, adam, longest, decay: average.decay },
    names: [...trainee.layout.places.keys()],
    ...{ weights: file('weights'), average: file('average'), given: file('given'), cells: file('cells') },
  });
  const read = (name: string) => new Float32Array(Uint8Array.from(readFileSync(file(name))).buffer);
  return {
    step: async (inputs, [pace]) => {
      const rows = trainee.weights.subarray(codes.offset, codes.offset + codes.length);
      const picture = inputs[NAMES.picture]?.data as Float32Array; // as the stage feeds it
      writeFileSync(file('given'), Float32Array.from([...picture, ...rows]));
      const told = await ask<{ l1: number; norm: number; indices: number[]; seconds: number }>({
        rate: pace?.learningRate ?? 0,
      });
      onStep(told.seconds);
      const cells = read('cells');
      const outputs = {
        [`${NAMES.loss}l1`]: float32([], [told.l1]),
        [NAMES.cells]: float32([cells.length], cells),
        [NAMES.indices]: int64([told.indices.length], told.indices),
      };
      return { outputs, norms: [told.norm] };
    },
    settle: async () => {
      const rows = trainee.weights.slice(codes.offset, codes.offset + codes.length);
      await ask({ settle: true });
      trainee.weights.set(read('weights'));
      trainee.weights.set(rows, codes.offset); // the stage moved them after the last step
      average.values.set(read('average'));
    },
    release: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
