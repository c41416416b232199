import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaintEvent } from '../../src/contracts/paint-event.js';
import { paintRequestSchema } from '../../src/requests/paint-request.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { profileStep } from '../../src/paint/step/profile-step.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { probeProviders } from '../../src/runtime/probe.js';
import type { ProviderChoice } from '../../src/runtime/runtime.js';
import { type LoadedModel, loadModel } from '../../src/zoo/load-model.js';
import { writeTinyModel } from '../support/tiny-model.js';
import { useVulkanDriver, VULKAN_DRIVER, WHY_NO_WEBGPU } from '../support/vulkan.js';

describe.skipIf(WHY_NO_WEBGPU !== '')(`painting on WebGPU${WHY_NO_WEBGPU}`, () => {
  let folder: string;
  let model: LoadedModel;

  beforeAll(async () => {
    useVulkanDriver();
    folder = await mkdtemp(join(tmpdir(), 'easel-webgpu-'));
    await writeTinyModel(folder);
    model = await loadModel({ folder });
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function paint(provider: ProviderChoice): Promise<PaintEvent[]> {
    const painter = createPainter({ model, runtime: createRuntime({ provider, threads: 1 }) });
    const request = paintRequestSchema.parse({
      ...{
        version: 1,
        prompts: [{ text: 'a red apple' }],
        model: 'tiny',
        width: 32,
        height: 32,
        steps: 3,
        seed: 1,
      },
      ...{ start: 'noise', cutouts: 3, frames: {}, upscale: 1 },
    });
    const events: PaintEvent[] = [];
    for await (const event of painter.paint({ request })) events.push(event);
    await painter.release();
    return events;
  }

  it('agrees with the processor over a few steps', { timeout: 180_000 }, async () => {
    const [ours, theirs] = [await paint('webgpu'), await paint('cpu')];
    expect(ours[0]).toMatchObject({ provider: 'webgpu' });
    const losses = (events: PaintEvent[]) => events.flatMap((e) => (e.type === 'step' ? [e.loss] : []));
    for (const [index, loss] of losses(theirs).entries()) expect(losses(ours)[index]).toBeCloseTo(loss, 5);
    const [mine, other] = [ours.at(-1), theirs.at(-1)];
    if (mine?.type !== 'done' || other?.type !== 'done') throw new Error('Both end with done.');
    const largest = mine.picture.pixels.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (other.picture.pixels[index] ?? 0))),
      0,
    );
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('leaves no convolution and no matrix product on the processor', { timeout: 180_000 }, async () => {
    const { nodes, heavyOnCpu } = await profileStep(
      model,
      createRuntime({ provider: 'webgpu', threads: 1 }),
      1,
    );
    expect(heavyOnCpu).toEqual([]);
    expect(nodes.filter(({ provider }) => provider.startsWith('WebGpu')).length).toBeGreaterThan(50);
  });

  it('is never what auto chooses on a software driver', () => {
    const name = /swiftshader|lvp/i.test(VULKAN_DRIVER) ? 'cpu' : 'webgpu';
    expect(createRuntime({ provider: 'auto' }, probeProviders()).provider).toBe(name);
  });
});
