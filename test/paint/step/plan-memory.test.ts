import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStepper, type StepperKey } from '../../../src/paint/step/open-stepper.js';
import { planMemory } from '../../../src/paint/step/plan-memory.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';
import { writeBuiltModel } from '../../support/built-model.js';

let folder: string;
let model: LoadedModel;
const KEY: StepperKey = { rows: 16, columns: 24, cutouts: 8, chunk: 8, clips: [0] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-plan-'));
  await writeBuiltModel(folder);
  model = await loadModel({ folder });
});
afterAll(() => rm(folder, { recursive: true }));

async function stepNeed(changes: Partial<StepperKey>): Promise<number> {
  const { step } = await planMemory(model, { ...KEY, ...changes });
  return step.weights + step.values;
}

const opening = (memoryBytes: number, changes: Partial<StepperKey> = {}) =>
  openStepper(model, createRuntime({ provider: 'cpu', threads: 1, memoryBytes }), { ...KEY, ...changes });

describe('a plan of memory', () => {
  it('grows with the area, with the cutouts at a time, and with the CLIPs that guide', async () => {
    const whole = await stepNeed({});
    expect(await stepNeed({ rows: 32 })).toBeGreaterThan(1.5 * whole);
    expect(await stepNeed({ clips: [0, 1] })).toBeGreaterThan(whole);
    const small = { rows: 8, columns: 8, clips: [1] };
    expect(await stepNeed({ ...small, cutouts: 64, chunk: 64 })).toBeGreaterThan(await stepNeed(small));
  });

  it('lets a step be opened with fewer cutouts at a time where all at once do not fit', async () => {
    const many = { rows: 8, columns: 8, cutouts: 256, chunk: 256, clips: [1] };
    const [all, few] = [await stepNeed(many), await stepNeed({ ...many, chunk: 64 })];
    expect(all).toBeGreaterThan(few + 1);
    const { stepper } = await opening(all - 1, many);
    await stepper.release();
  });

  it('refuses what does not fit, and the size it names instead fits', async () => {
    const need = await stepNeed({ chunk: 1 });
    const refusal = String(await opening(0.7 * need).catch(String));
    expect(refusal).toContain('Expected a size that fits into memory: 96x64 needs');
    const [, width = 0, height = 0] = /about (\d+)x(\d+) fits/.exec(refusal)?.map(Number) ?? [];
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(32);
    const { stepper } = await opening(0.7 * need, { rows: height / 4, columns: width / 4 });
    await stepper.release();
  });

  it('says that no size fits where not even the weights do', async () => {
    await expect(opening(1000)).rejects.toThrow('no size fits');
  });
});
