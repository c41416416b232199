import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { TrainEvent } from '../../src/contracts/train-event.js';
import type { TrainVqganRequest } from '../../src/contracts/train-request.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { openStage } from '../../src/train/open-stage.js';
import { train } from '../../src/train/trainer.js';

export const runtime = createRuntime({ provider: 'cpu', threads: 1 });

/** A folder of its own for a test, taken away by `remove`. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'easel-train-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Discs of different colours on different grounds, named by their colours. */
export async function drawPictures(folder: string, count: number, side = 40): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const colours = ['red', 'green', 'blue', 'orange', 'purple', 'black'];
  for (let index = 0; index < count; index += 1) {
    const colour = colours[index % colours.length];
    const ground = colours[(index + 1 + Math.floor(index / colours.length)) % colours.length];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="${ground}"/><circle cx="${10 + index}" cy="20" r="9" fill="${colour}"/></svg>`;
    await sharp(Buffer.from(svg))
      .png()
      .toFile(join(folder, `${colour}-disc-on-${ground}-${index}.png`));
  }
}

export function vqganRequest(folder: string, changes: Partial<TrainVqganRequest> = {}): TrainVqganRequest {
  return {
    ...{ stage: 'vqgan', preset: 'tiny', side: 16, codes: 16, batch: 2, steps: 6, seed: 3, flip: true },
    ...{
      pictures: join(folder, 'pictures'),
      out: join(folder, 'mine'),
      dataDir: join(folder, 'data'),
      clip: 'pocket',
    },
    ...{ perceptualWeight: 0.1, adversarial: 'hinge', adversarialFrom: 4, adversarialWeight: 0.8 },
    colours: 0,
    ...{ fresh: false, provider: 'cpu' },
    ...changes,
  };
}

export interface Training {
  /** Ends the run after this step, as Ctrl-C would. */
  readonly stopAfter?: number;
  readonly saveEvery?: number;
}

/** Trains in this process, one thread, and returns what happened. */
export async function trainHere(
  request: Parameters<typeof openStage>[0],
  { stopAfter, saveEvery = 2 }: Training = {},
): Promise<readonly TrainEvent[]> {
  const interruption = new AbortController();
  const events: TrainEvent[] = [];
  const { stage, steps } = await openStage(request, {
    runtime,
    onSkipped: (file, reason) => events.push({ type: 'skipped', file, reason }),
  });
  const { stage: name, out, fresh } = request;
  const options = { name, stage, out, steps, fresh, measureEvery: 100, saveEvery, device: 'here' };
  try {
    for await (const event of train({ ...options, signal: interruption.signal })) {
      events.push(event);
      if (event.type === 'step' && event.step === stopAfter) interruption.abort();
    }
  } finally {
    await stage.release();
  }
  return events;
}
