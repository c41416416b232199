import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainInChild } from '../../../src/train/process/train-in-child.js';
import type { TrainVqganRequest } from '../../../src/contracts/train-request.js';
import { drawPictures, temporaryFolder, vqganRequest } from '../support.js';

const checkpointOf = (out: string) => join(out, 'training/vqgan/checkpoint.safetensors');
const { folder, remove } = temporaryFolder();
beforeAll(() => drawPictures(join(folder, 'pictures'), 4));
afterAll(remove);

/** Trains, and kills the trainer at this event; tells whether it got so far. */
async function run(
  request: TrainVqganRequest,
  isKilledAt: (type: string, step: number) => boolean = () => false,
) {
  let pid = 0;
  try {
    for await (const event of trainInChild(request, {
      signal: new AbortController().signal,
      onStarted: (started) => {
        pid = started;
      },
    })) {
      if ('step' in event && isKilledAt(event.type, event.step)) process.kill(pid, 'SIGKILL');
    }
    return 'done';
  } catch (error) {
    expect(error).toMatchObject({ message: expect.stringMatching(/ended too soon \(SIGKILL\)/) });
    return 'killed';
  }
}

it('is the same run to the byte wherever its process was killed', async () => {
  const request = { saveEvery: 2, measureEvery: 3, steps: 5, adversarial: 'none', threads: 1 } as const;
  const whole = vqganRequest(folder, { ...request, out: join(folder, 'whole') });
  const cut = vqganRequest(folder, { ...request, out: join(folder, 'cut') });
  expect(await run(whole)).toBe('done');
  expect(await run(cut, (type, step) => type === 'step' && step === 1)).toBe('killed');
  expect(existsSync(checkpointOf(cut.out))).toBe(false);
  expect(await run(cut, (type, step) => type === 'measured' && step === 3)).toBe('killed');
  expect(await run(cut, (type, step) => type === 'saved' && step === 4)).toBe('killed');
  expect(await run(cut)).toBe('done');
  expect(readFileSync(checkpointOf(cut.out)).equals(readFileSync(checkpointOf(whole.out)))).toBe(true);
});
