import { describe, expect, it } from 'vitest';
import type { PaintEvent } from '../../src/contracts/paint-event.js';
import type { Picture } from '../../src/contracts/picture.js';
import type { Painter, PaintJob } from '../../src/paint/api.js';
import { type JudgedPicture, SheetPainting } from '../../src/workers/paint-sheet.js';
import { packSheetState } from '../../src/workers/sheet-state.js';
import { paintRequest } from '../ledger/fixtures.js';

/** A grey picture by which it is known who painted it. */
const grey = (value: number): Picture => ({ width: 2, height: 2, pixels: new Uint8Array(12).fill(value) });

/** A painter of two steps whose pictures have the grey of their seed, and whose state tells seed and step. */
function painterOf(seen: PaintJob[]): Pick<Painter, 'paint' | 'state'> {
  let state: Uint8Array | undefined;
  return {
    state: () => state,
    async *paint(job) {
      seen.push(job);
      const { seed } = job.request;
      const firstStep = 1 + (job.state?.[1] ?? 0);
      yield { ...{ type: 'started', provider: 'cpu', device: 'cpu', steps: 2, firstStep }, cached: false };
      if (firstStep === 1) {
        state = Uint8Array.of(seed, 1);
        yield { type: 'step', step: 1, steps: 2, loss: 1, ms: 1 };
        yield { type: 'frame', step: 1, picture: grey(seed + 100) };
      }
      const isCut = job.signal?.aborted === true;
      if (!isCut) yield { type: 'step', step: 2, steps: 2, loss: 1, ms: 1 };
      const end = { step: isCut ? 1 : 2, loss: seed, seconds: 3, picture: grey(seed) };
      yield { type: 'done', ended: isCut ? 'cancelled' : 'finished', ...end };
    },
  };
}

async function paint(
  count: number | undefined,
  more: Partial<PaintJob> = {},
  onEvent: (state: Uint8Array | undefined) => void = () => {},
) {
  const seen: PaintJob[] = [];
  const judged: number[] = [];
  const judge = async ({ pixels }: Picture) => {
    judged.push(pixels[0] ?? 0);
    return (pixels[0] ?? 0) / 255;
  };
  const request = paintRequest({ seed: 7, steps: 2, ...(count !== undefined && { count }) });
  const events: PaintEvent<JudgedPicture>[] = [];
  const sheet = new SheetPainting({ painter: painterOf(seen), job: { request, ...more }, judge });
  for await (const event of sheet.paint()) {
    events.push(event);
    onEvent(sheet.state());
  }
  return { seen, judged, events };
}

describe('SheetPainting', () => {
  it('paints each seed by itself and shows it beside those before, as one painting', async () => {
    const { seen, events } = await paint(4);
    expect(seen.map(({ request }) => [request.seed, request.count])).toEqual(
      [7, 8, 9, 10].map((seed) => [seed, undefined]),
    );
    expect(events.map(({ type }) => type).filter((type) => type === 'started' || type === 'done')).toEqual([
      'started',
      'done',
    ]);
    expect(events.flatMap((event) => (event.type === 'step' ? [[event.step, event.steps]] : []))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((step) => [step, 8]),
    );
    const frames = events.flatMap((event) => (event.type === 'frame' ? [event.picture.picture] : []));
    // The second: the first picture as it was finished, beside itself as far as it is.
    expect([frames[1]?.pixels[0], frames[1]?.pixels[3 * 2], frames[1]?.pixels[3 * 8]]).toEqual([
      7, 108, 0x22,
    ]);
    expect(events.at(-1)).toMatchObject({ step: 8, seconds: 12, loss: 8.5, ended: 'finished' });
    const last = events.at(-1);
    expect(last?.type === 'done' && [last.picture.picture.width, last.picture.picture.pixels.at(-1)]).toEqual(
      [4, 10],
    );
  });

  it('judges every picture by itself, and the sheet like the worst of those on it', async () => {
    const { judged, events } = await paint(2);
    expect(judged).toEqual([107, 7, 108, 8]);
    expect(events.at(-1)).toMatchObject({ picture: { adult: 8 / 255 } });
  });

  it('ends with what there is when it is cut short, and paints nothing more', async () => {
    const abort = new AbortController();
    let steps = 0;
    const cut = () => {
      steps += 1;
      // Within the second picture.
      if (steps === 5) abort.abort();
    };
    const { seen, events } = await paint(4, { signal: abort.signal }, cut);
    expect(seen).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'done', ended: 'cancelled', step: 3 });
  });

  it('goes on from wherever it was cut short, without painting again what is finished', async () => {
    const whole = await paint(3);
    const states: (Uint8Array | undefined)[] = [];
    await paint(3, {}, (state) => states.push(state));
    expect(states[0]).toBeUndefined();
    for (const [at, state] of states.slice(0, -1).entries()) {
      if (state === undefined) continue;
      const { seen, events } = await paint(3, { state });
      const finished = Math.floor((at - 1) / 3);
      expect(seen.map(({ request }) => request.seed)).toEqual([7, 8, 9].slice(finished));
      expect(events.at(-1)).toEqual(whole.events.at(-1));
      const steps = events.flatMap((event) => (event.type === 'step' ? [event.step] : []));
      expect(events[0]).toMatchObject({ type: 'started', firstStep: steps[0], steps: 6 });
      expect(steps.at(-1)).toBe(6);
    }
  });

  it('does not count the picture in which it was cut short among those that are finished', async () => {
    const abort = new AbortController();
    let last: Uint8Array | undefined;
    await paint(2, { signal: abort.signal }, (state) => {
      abort.abort();
      last = state;
    });
    const { seen } = await paint(2, last && { state: last });
    expect(seen.map(({ request, state }) => [request.seed, state?.[1]])).toEqual([
      [7, 1],
      [8, undefined],
    ]);
  });

  it.each([
    ['one picture', Uint8Array.of(7, 1)],
    [
      'a sheet that is full',
      packSheetState({ painted: [grey(7), grey(8)], adult: 0, seconds: 1, losses: 1 }),
    ],
  ])('refuses the state of %s', async (_, state) => {
    await expect(paint(2, { state })).rejects.toThrow('saved state');
  });

  it('leaves one picture as it is', async () => {
    const { seen, events } = await paint(undefined);
    expect(seen[0]?.request.seed).toBe(7);
    expect(events.at(-1)).toMatchObject({ step: 2, picture: { picture: grey(7) } });
  });
});
