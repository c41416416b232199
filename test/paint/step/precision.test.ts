import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valueTypes } from 'onnx-gradients/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStep } from '../../../src/paint/step/open-stepper.js';
import { precisionFor } from '../../../src/paint/step/precision.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import type { Provider, Runtime } from '../../../src/runtime/runtime.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';
import { writeBuiltModel } from '../../support/built-model.js';

let folder: string;
let model: LoadedModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-precision-'));
  await writeBuiltModel(folder);
  model = await loadModel({ folder });
});
afterAll(() => rm(folder, { recursive: true }));

/** A device that computes as the processor does. */
const device = (provider: Provider, changes: Partial<Runtime> = {}): Runtime => ({
  ...createRuntime({ provider: 'cpu', threads: 1 }),
  provider,
  ...changes,
});

const withDecoder = (half: boolean): LoadedModel => ({
  ...model,
  manifest: { ...model.manifest, vqgan: { ...model.manifest.vqgan, half } },
});

describe('precision', () => {
  it.each(['cuda', 'webgpu', 'coreml', 'dml'] as const)('on %s is half for CLIPs', async (provider) => {
    expect(await precisionFor(model, device(provider))).toEqual({ clips: 'half', decoder: 'single' });
    expect(await precisionFor(withDecoder(true), device(provider))).toEqual({
      clips: 'half',
      decoder: 'half',
    });
  });

  it('is single on processors, and on devices that cannot multiply in half, or do it wrong', async () => {
    const refusing = async () => {
      throw new Error('no half precision');
    };
    const { open } = device('cpu');
    const wrong: Runtime['open'] = async (source) => ({
      ...(await open(source)),
      run: async () => ({ y: { elementType: 'float32', shape: [2, 2], data: new Float32Array(4) } }),
    });
    expect(await precisionFor(withDecoder(true), device('cpu'))).toBeUndefined();
    expect(await precisionFor(model, device('webgpu', { open: refusing }))).toBeUndefined();
    expect(await precisionFor(model, device('webgpu', { open: wrong }))).toBeUndefined();
  });

  it.each([
    ['single', 'single', 0],
    ['half', 'single', 1],
    ['half', 'half', 2],
  ] as const)('of CLIPs %s and decoder %s is that of their products', async (clips, decoder, halved) => {
    const key = { rows: 4, columns: 6, cutouts: 2, chunk: 2, clips: [0] };
    const { step, decode } = await buildStep(model, { ...key, precision: { clips, decoder } });
    if (!step || !decode) throw new Error('Expected a step in one graph.');
    const hasHalf = (graph: typeof step) =>
      [...valueTypes(graph).values()].some(({ elementType }) => elementType === 'float16');
    expect([step, decode].filter(hasHalf)).toHaveLength(halved);
  });
});
