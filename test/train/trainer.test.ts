import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainEvent } from '../../src/contracts/train-event.js';
import { UserError } from '../../src/errors.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { createCodec } from '../../src/paint/latent/codec.js';
import { composeRequest } from '../../src/requests/compose-request.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import type { Stage } from '../../src/train/stage.js';
import { train } from '../../src/train/trainer.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { drawPictures, runtime, temporaryFolder, trainHere, vqganRequest } from './support.js';

const checkpointOf = (out: string) => readFileSync(join(out, 'training/vqgan/checkpoint.safetensors'));

const measuresOf = (events: Awaited<ReturnType<typeof trainHere>>) =>
  events.flatMap((event) => (event.type === 'measured' ? [event.metrics] : []));

describe('training a VQGAN', () => {
  const { folder, remove } = temporaryFolder();
  beforeAll(() => drawPictures(join(folder, 'pictures'), 12));
  afterAll(remove);

  it('gives the same bytes whether it stopped on the way or not, the discriminator joining later', async () => {
    const whole = vqganRequest(folder, { out: join(folder, 'whole') });
    const cut = vqganRequest(folder, { out: join(folder, 'cut') });
    await trainHere(whole);
    const first = await trainHere(cut, { stopAfter: 3 });
    expect(first.slice(-2)).toMatchObject([
      { type: 'saved', step: 3 },
      { type: 'done', ended: 'stopped', step: 3 },
    ]);
    expect(first.map(({ type }) => type)).not.toContain('measured');
    const second = await trainHere(cut);
    expect(second.find(({ type }) => type === 'started')).toMatchObject({ step: 3 });
    expect(second.at(-1)).toMatchObject({ type: 'done', ended: 'finished', step: 6 });
    expect(checkpointOf(cut.out).equals(checkpointOf(whole.out))).toBe(true);
  });

  it('leaves a model that can be painted with', async () => {
    const { out } = vqganRequest(folder, { out: join(folder, 'whole') });
    const model = await loadModel({ folder: out });
    const painter = createPainter({ model, runtime });
    const request = composeRequest(
      { prompts: parsePrompts('a red disc'), steps: 1, size: { width: 32, height: 32 }, seed: 1, cutouts: 2 },
      model.manifest,
    );
    const events = [];
    for await (const event of painter.paint({ request })) events.push(event);
    await painter.release();
    expect(events.at(-1)).toMatchObject({ type: 'done', picture: { width: 32, height: 32 } });
  });

  it('goes on from a model that was trained before', async () => {
    const data = join(folder, 'data');
    await trainHere(vqganRequest(folder, { out: join(data, 'models/base'), adversarial: 'none' }));
    const tuned = vqganRequest(folder, {
      out: join(folder, 'tuned'),
      from: 'base',
      rate: 0,
      adversarial: 'none',
      steps: 1,
    });
    await trainHere(tuned);
    const manifests = [
      (await loadModel({ name: 'base', dataDir: data })).manifest,
      (await loadModel({ folder: tuned.out })).manifest,
    ];
    expect(manifests[1]?.vqgan.decoder).toMatchObject({ config: { codes: manifests[0]?.vqgan.codes } });
  });

  it('goes on from ONNX files: unmoved they stay what they were, and then they learn', async () => {
    const still = vqganRequest(folder, {
      ...{ out: join(folder, 'still'), from: 'pocket', side: 32, codebook: 'loss', adversarial: 'none' },
      ...{ rate: 0, steps: 1 },
    });
    const [first] = measuresOf(await trainHere(still));
    const models = [
      await loadModel({ name: 'pocket', dataDir: folder }),
      await loadModel({ folder: still.out }),
    ];
    const codes = Int32Array.from({ length: 16 }, (_, place) => 61 * place);
    const [before, after] = await Promise.all(
      models.map(async (model) => {
        const codec = await createCodec(model, runtime);
        const picture = await codec.decode(codes, { rows: 4, columns: 4 });
        const again = await codec.encode(picture, { rows: 4, columns: 4 });
        await codec.release();
        return { pixels: [...picture.pixels], again };
      }),
    );
    expect(after).toEqual(before);
    const moved = { ...still, out: join(folder, 'moved'), rate: 1e-4, steps: 10 };
    const [last] = measuresOf(await trainHere(moved, { saveEvery: 10 }));
    expect(last?.['psnr']).toBeGreaterThan(first?.['psnr'] ?? Number.POSITIVE_INFINITY);
  });

  it('refuses to go on from a run that was asked something else', async () => {
    const other = vqganRequest(folder, { out: join(folder, 'whole'), batch: 3 });
    await expect(trainHere(other)).rejects.toThrow(
      /batch 2 instead of 3; ask for the same again, or begin anew/,
    );
  });

  it('ends at a loss that is no number and keeps the last checkpoint', async () => {
    const request = vqganRequest(folder, { out: join(folder, 'broken'), adversarial: 'none' });
    await trainHere(request, { stopAfter: 2 });
    const before = checkpointOf(request.out);
    await expect(trainHere({ ...request, rate: 1e30 })).rejects.toThrow(
      /no numbers any more at step \d; the checkpoint of step 2 is kept/,
    );
    expect(checkpointOf(request.out).equals(before)).toBe(true);
  });

  it('says in one sentence that the disk is full, and keeps the last checkpoint', async () => {
    const out = join(folder, 'full');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const stage: Stage = {
      ...{ pictures: 1, heldOut: 0, parameters: 1, batch: 1, settings: {} },
      state: { weights: Float32Array.of(0) },
      step: async () => ({ losses: {}, rate: 1, norm: 1 }),
      settle: async () => undefined,
      measure: async () => ({ metrics: {} }),
      export: async (step) => {
        if (step === 2) throw full;
      },
      release: async () => undefined,
    };
    const options = { name: 'vqgan', stage, out, steps: 3, measureEvery: 9, saveEvery: 1 } as const;
    const events: TrainEvent[] = [];
    const run = async () => {
      const signal = new AbortController().signal;
      for await (const event of train({ ...options, fresh: false, device: 'here', signal }))
        events.push(event);
    };
    await expect(run()).rejects.toThrow(
      /^There is no room on the disk any more; the checkpoint of step 1 is kept\.$/,
    );
    await expect(run()).rejects.toThrow(UserError);
    expect(events.filter(({ type }) => type === 'started')).toMatchObject([{ step: 0 }, { step: 1 }]);
  });

  it('names what it cannot learn from and goes on without', async () => {
    await drawPictures(join(folder, 'mixed'), 2);
    writeFileSync(join(folder, 'mixed', 'text.png'), 'no picture');
    await drawPictures(join(folder, 'mixed', 'tiny'), 1, 6);
    const request = vqganRequest(folder, {
      pictures: join(folder, 'mixed'),
      out: join(folder, 'few'),
      steps: 1,
      adversarial: 'none',
    });
    const events = await trainHere(request);
    const skipped = events.filter(({ type }) => type === 'skipped');
    expect(skipped).toMatchObject([
      { file: 'text.png', reason: expect.stringContaining('Expected a picture') },
      { file: 'tiny/red-disc-on-green-0.png', reason: 'It is 6 × 6 pixels; each side needs at least 8.' },
    ]);
    expect(events.find(({ type }) => type === 'started')).toMatchObject({ pictures: 2, heldOut: 0 });
  });

  it.each([
    ['a folder that is not there', { pictures: '/nowhere' }, /`\/nowhere` is not there/],
    ['a file instead of a folder', { pictures: import.meta.filename }, /is no folder/],
    ['a name that no model can have', { out: '/tmp/my model' }, /named by letters, digits, dots and dashes/],
    ['a side that is no multiple of the factor', { side: 18 }, /multiple of 4/],
    ['a model that is not there', { from: 'nobody' }, /Unknown model `nobody`/],
  ])('says in one sentence what is wrong with %s', async (_, change, sentence) => {
    const attempt = trainHere(vqganRequest(folder, change));
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow(sentence);
  });
});
