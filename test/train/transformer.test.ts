import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainTransformerRequest } from '../../src/contracts/train-request.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { composeRequest } from '../../src/requests/compose-request.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { drawPictures, runtime, temporaryFolder, trainHere, vqganRequest } from './support.js';

const checkpointOf = (out: string) => readFileSync(join(out, 'training/transformer/checkpoint.safetensors'));

describe('training a transformer', () => {
  const { folder, remove } = temporaryFolder();
  const base = join(folder, 'base');
  const request = (changes: Partial<TrainTransformerRequest> = {}): TrainTransformerRequest => ({
    ...{ stage: 'transformer', preset: 'tiny', side: 16, batch: 2, steps: 6, seed: 3, flip: true },
    ...{ model: base, out: join(folder, 'whole'), pictures: join(folder, 'pictures'), captions: 'auto' },
    ...{ dataDir: join(folder, 'data'), fresh: false, provider: 'cpu' },
    ...changes,
  });
  beforeAll(async () => {
    await drawPictures(join(folder, 'pictures'), 12);
    await trainHere(vqganRequest(folder, { out: base, steps: 2, adversarial: 'none' }));
  });
  afterAll(remove);

  it('gives the same bytes whether it stopped on the way or not', async () => {
    const [whole, cut] = [request(), request({ out: join(folder, 'cut') })];
    await trainHere(whole);
    await trainHere(cut, { stopAfter: 3 });
    const second = await trainHere(cut);
    expect(second.find(({ type }) => type === 'started')).toMatchObject({ step: 3 });
    expect(checkpointOf(cut.out).equals(checkpointOf(whole.out))).toBe(true);
  });

  it('learns: what it has seen becomes likelier, and more so with its words', async () => {
    const out = join(folder, 'learnt');
    const pictures = join(folder, 'three');
    await drawPictures(pictures, 3);
    const events = await trainHere(request({ out, pictures, steps: 80, rate: 5e-3, flip: false }), {
      saveEvery: 80,
    });
    const losses = events.flatMap((event) => (event.type === 'step' ? [event.losses['nats'] ?? 0] : []));
    expect(losses[0]).toBeGreaterThan(2.5);
    const measured = events.flatMap((event) => (event.type === 'measured' ? [event.metrics] : [])).at(-1);
    expect(measured?.['nats']).toBeLessThan(1);
    expect(measured?.['nats']).toBeLessThan(measured?.['nats without words'] ?? 0);
  });

  it('becomes part of a model, which then starts paintings from it, of other shapes too', async () => {
    const model = await loadModel({ folder: join(folder, 'whole') });
    expect(model.manifest).toMatchObject({ name: 'whole', defaults: { start: 'prior', width: 32 } });
    const painter = createPainter({ model, runtime });
    const composed = composeRequest(
      { prompts: parsePrompts('a red disc'), steps: 1, size: { width: 64, height: 32 }, seed: 1, cutouts: 2 },
      model.manifest,
    );
    const events = [];
    for await (const event of painter.paint({ request: composed })) events.push(event);
    await painter.release();
    expect(composed.start).toBe('prior');
    expect(events.at(-1)).toMatchObject({ type: 'done', picture: { width: 64, height: 32 } });
  });

  it('leaves the model alone whose codes it learnt, but for its own folder', async () => {
    expect((await loadModel({ folder: base })).manifest.prior).toBeUndefined();
    await trainHere(request({ out: base, steps: 1 }));
    expect((await loadModel({ folder: base })).manifest.prior).toMatchObject({
      architecture: 'code-transformer',
    });
  });

  it('refuses a folder whose model has other codes', async () => {
    const other = join(folder, 'other');
    await trainHere(vqganRequest(folder, { out: other, steps: 1, seed: 4, adversarial: 'none' }));
    await expect(trainHere(request({ out: other }))).rejects.toThrow(/holds a model with other codes/);
  });

  it('names pictures without a caption, and says when none has any', async () => {
    await drawPictures(join(folder, 'classes', 'discs'), 2);
    await drawPictures(join(folder, 'classes'), 1);
    const pictures = join(folder, 'classes');
    const events = await trainHere(
      request({ out: join(folder, 'classed'), pictures, captions: 'folders', steps: 1 }),
    );
    expect(events.filter(({ type }) => type === 'skipped')).toMatchObject([
      { file: 'red-disc-on-green-0.png', reason: 'It lies in no folder that says what it shows.' },
    ]);
    await expect(trainHere(request({ captions: 'folders', out: join(folder, 'x') }))).rejects.toThrow(
      /None of the pictures in .* has a caption/,
    );
  });
});
