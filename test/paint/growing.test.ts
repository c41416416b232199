import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaintEvent } from '../../src/contracts/paint-event.js';
import type { Painter, PaintJob } from '../../src/paint/api.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { type PaintRequest, paintRequestSchema } from '../../src/requests/paint-request.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { writeTinyModel } from '../support/tiny-model.js';

const IMAGE = 'e'.repeat(64);
let folder: string;
let painter: Painter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-grow-'));
  await writeTinyModel(folder, { prior: true, wild: true });
  const runtime = createRuntime({ provider: 'cpu', threads: 1 });
  painter = createPainter({ model: await loadModel({ folder }), runtime });
});
afterAll(async () => {
  await painter.release();
  await rm(folder, { recursive: true });
});

const request = (changes: object = {}): PaintRequest =>
  paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a red apple' }], model: 'tiny', width: 64, height: 64, steps: 5 },
    ...{ seed: 7, start: 'prior', cutouts: 2, frames: {}, upscale: 1, coarse: 0.6, ...changes },
  });

async function paint(job: PaintJob): Promise<PaintEvent[]> {
  const events: PaintEvent[] = [];
  for await (const event of painter.paint(job)) events.push(event);
  return events;
}

const framesOf = (events: readonly PaintEvent[]) =>
  events.flatMap((event) => (event.type === 'frame' || event.type === 'done' ? [event.picture] : []));

describe('a painting that begins coarse from the prior', () => {
  it('shows a coarse view of what the prior drew, and its details with the full grid', async () => {
    const still = { learningRate: 1e-6, frames: { everySteps: 1 } };
    const frames = framesOf(await paint({ request: request(still) }));
    expect(frames.map(({ width }) => width)).toEqual([32, 32, 32, 32, 64, 64]);
    const [drawn] = framesOf(await paint({ request: request({ ...still, coarse: undefined }) }));
    if (!drawn) throw new Error('A start from the prior is shown.');
    // Painting changed next to nothing, so the full grid shows what encoding keeps of the drawing.
    const kept = await paint({
      request: request({
        ...{ ...still, coarse: undefined, start: 'picture', init: { image: IMAGE, strength: 1, pull: 0 } },
      }),
      images: new Map([[IMAGE, drawn]]),
    });
    expect(frames.at(-1)).toEqual(framesOf(kept)[0]);
  });

  it.each([2, 3, 4])('goes on to the same picture after a stop behind step %d', async (stop) => {
    let state: Uint8Array | undefined;
    let whole: PaintEvent | undefined;
    for await (const event of painter.paint({ request: request() })) {
      if (event.type === 'step' && event.step === stop) state = painter.state();
      whole = event;
    }
    const resumed = await paint({ request: request(), ...(state && { state }) });
    expect(resumed[0]).toMatchObject({ type: 'started', firstStep: stop + 1 });
    expect({ ...resumed.at(-1), seconds: 0 }).toEqual({ ...whole, seconds: 0 });
  });
});
