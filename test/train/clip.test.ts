import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainClipRequest } from '../../src/contracts/train-request.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { composeRequest } from '../../src/requests/compose-request.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { drawPictures, runtime, temporaryFolder, trainHere, vqganRequest } from './support.js';

const checkpointOf = (out: string) => readFileSync(join(out, 'training/clip/checkpoint.safetensors'));

describe('training a CLIP', () => {
  const { folder, remove } = temporaryFolder();
  const base = join(folder, 'base');
  const request = (changes: Partial<TrainClipRequest> = {}): TrainClipRequest => ({
    ...{ stage: 'clip', preset: 'tiny', batch: 4, chunk: 2, steps: 4, seed: 3, flip: true },
    ...{ model: base, out: join(folder, 'whole'), pictures: join(folder, 'pictures'), captions: 'auto' },
    ...{
      dataDir: join(folder, 'data'),
      fresh: false,
      provider: 'cpu',
      attack: 0.5,
      noise: 0.05,
      decoded: 0.2,
    },
    ...changes,
  });
  beforeAll(async () => {
    await drawPictures(join(folder, 'pictures'), 12);
    await trainHere(vqganRequest(folder, { out: base, steps: 1, adversarial: 'none' }));
  });
  afterAll(remove);

  it('gives the same bytes whether it stopped on the way or not', async () => {
    const [whole, cut] = [request(), request({ out: join(folder, 'cut') })];
    await trainHere(whole);
    await trainHere(cut, { stopAfter: 2 });
    await trainHere(cut);
    expect(checkpointOf(cut.out).equals(checkpointOf(whole.out))).toBe(true);
  });

  it('learns which words belong to which picture, also when the picture is attacked', async () => {
    const pictures = join(folder, 'six');
    await drawPictures(pictures, 6);
    const events = await trainHere(
      request({
        ...{ out: join(folder, 'learnt'), pictures, flip: false, noise: 0, decoded: 0 },
        ...{ batch: 6, chunk: 6, steps: 60, rate: 2e-3 },
      }),
      { saveEvery: 60 },
    );
    const measured = events.flatMap((event) => (event.type === 'measured' ? [event.metrics] : [])).at(-1);
    expect(measured?.['first']).toBe(1);
    expect(measured?.['first attacked']).toBeGreaterThanOrEqual(0.5);
  });

  it("guides paintings beside the model's other CLIPs", async () => {
    const model = await loadModel({ folder: join(folder, 'whole') });
    expect(model.manifest.clips.map(({ name }) => name)).toEqual(['pocket', 'own']);
    const painter = createPainter({ model, runtime });
    const composed = composeRequest(
      {
        ...{ prompts: parsePrompts('a red disc'), steps: 1, size: { width: 32, height: 32 } },
        ...{ seed: 1, cutouts: 2 },
      },
      model.manifest,
    );
    const events = [];
    for await (const event of painter.paint({ request: composed })) events.push(event);
    await painter.release();
    expect(events.at(-1)).toMatchObject({ type: 'done' });
  });

  it.each([
    [
      'a batch that is no multiple of the chunk',
      { batch: 5 },
      /`--batch` to be a multiple of `--chunk` \(2\), got `5`/,
    ],
    ['a batch of one', { batch: 1, chunk: 1 }, /`--batch` to be at least 2/],
  ])('refuses %s in one sentence', async (_, change, sentence) => {
    await expect(trainHere(request({ out: join(folder, 'no'), ...change }))).rejects.toThrow(sentence);
  });
});
