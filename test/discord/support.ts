import type { Job } from '../../src/contracts/job.js';
import type { PaintRequest } from '../../src/contracts/paint-request.js';
import type { EncodedPicture } from '../../src/contracts/picture.js';
import type { AlarmClock } from '../../src/clock.js';

/** A clock that stands still until it is moved. */
export interface HeldClock extends AlarmClock {
  /** Moves time on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
}

export function heldClock(start = 1_700_000_000_000): HeldClock {
  let nowMs = start;
  const due = new Set<{ readonly at: number; readonly task: () => void }>();
  return {
    now: () => nowMs,
    monotonic: () => nowMs,
    after(ms, task) {
      const entry = { at: nowMs + ms, task };
      due.add(entry);
      return () => due.delete(entry);
    },
    async advance(ms) {
      const end = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        due.delete(next);
        nowMs = Math.max(nowMs, next.at);
        next.task();
        await settle();
      }
      nowMs = end;
    },
  };
}

/** Lets everything that only waits for promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

export const JOB_ID = '0123456789abcdef';

export function aRequest(changes: Partial<PaintRequest> = {}): PaintRequest {
  return {
    version: 1,
    prompts: [{ text: 'a red apple', weight: 1 }],
    imagePrompts: [],
    model: 'pocket',
    width: 128,
    height: 128,
    steps: 100,
    seed: 7,
    start: 'prior',
    cutouts: 16,
    frames: { everyMs: 2000 },
    upscale: 4,
    ...changes,
  };
}

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: JOB_ID,
    causeId: '1000',
    userId: '200000000000000001',
    guildId: '300000000000000001',
    channelId: '400000000000000001',
    isAgeRestricted: false,
    locale: 'en-US',
    request: aRequest(),
    parentJob: null,
    state: 'queued',
    priority: 0,
    sequence: 1,
    turnOf: '200000000000000001',
    attempts: 0,
    deaths: 0,
    savedState: null,
    reason: null,
    result: null,
    message: null,
    announced: false,
    acceptedAt: 1_700_000_000_000,
    startedAt: null,
    endedAt: null,
    ...changes,
  };
}

export function aPicture(bytes = [1, 2, 3]): EncodedPicture {
  return { format: 'png', width: 512, height: 512, bytes: Uint8Array.from(bytes) };
}
