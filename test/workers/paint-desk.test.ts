import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PaintEvent } from '../../src/contracts/paint-event.js';
import type { PainterCommand, PainterReport } from '../../src/contracts/painter-messages.js';
import type { Picture } from '../../src/contracts/picture.js';
import { UserError } from '../../src/errors.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import { encodePicture } from '../../src/images/encode-picture.js';
import type { Painter, PaintJob } from '../../src/paint/api.js';
import { PaintDesk } from '../../src/workers/paint-desk.js';
import { paintRequest } from '../ledger/fixtures.js';

const picture: Picture = { width: 8, height: 8, pixels: new Uint8Array(3 * 64) };
const step = (n: number): PaintEvent => ({ type: 'step', step: n, steps: 3, loss: 1, ms: 1 });
const frame = (n: number): PaintEvent => ({ type: 'frame', step: n, picture });
const done = (ended: 'finished' | 'cancelled'): PaintEvent => ({
  ...{ type: 'done', picture, step: 3, loss: 1, seconds: 1 },
  ended,
});

type Script = (job: PaintJob) => AsyncGenerator<PaintEvent, void, void>;

/** A desk over a painter that follows a script, with a clock the script can move. */
function deskWith(script: Script) {
  const reports: PainterReport[] = [];
  const time = { ms: 0 };
  let leaves = 0;
  let steps = 0;
  const painter: Painter = {
    manifestHash: 'f'.repeat(64),
    async *paint(job) {
      for await (const event of script(job)) {
        if (event.type === 'step') steps = event.step;
        yield event;
      }
    },
    state: () => (steps === 0 ? undefined : Uint8Array.of(steps)),
    prepare: async () => undefined,
    release: async () => undefined,
  };
  const desk = new PaintDesk({
    openPainter: async (model) => {
      if (model !== 'tiny') throw new UserError(`There is no model ${model}.`);
      return painter;
    },
    judge: async ({ pixels }) => (pixels[0] ?? 0) / 255,
    upscaler: {
      enlarge: async ({ width, height }, factor) => ({
        width: width * factor,
        height: height * factor,
        pixels: new Uint8Array(3 * width * height * factor ** 2).fill(9),
      }),
    },
    send: (report) => reports.push(report),
    leave: () => {
      leaves += 1;
    },
    now: () => time.ms,
  });
  const said = () =>
    reports.map((report) => {
      if (report.type === 'event') return report.event.type;
      return report.type === 'state' ? `state ${report.step}` : report.type;
    });
  const paint = async (
    request = paintRequest(),
    given: Partial<Extract<PainterCommand, { readonly type: 'paint' }>> = {},
  ) => {
    desk.handle({ type: 'paint', job: 'j1', request, images: new Map(), ...given });
    await expect
      .poll(() => said().some((word) => word === 'done' || word === 'error') || leaves > 0)
      .toBe(true);
  };
  return { desk, reports, said, time, paint, leaves: () => leaves };
}

describe('PaintDesk', () => {
  it('sends a state with each frame, once there is one', async () => {
    const { said, paint } = deskWith(async function* () {
      yield* [frame(0), step(1), frame(1), step(2), done('finished')];
    });
    await paint();
    expect(said()).toEqual(['frame', 'step', 'frame', 'state 1', 'step', 'done']);
  });

  it('sends a state after a while where frames are rare', async () => {
    const { said, paint, time } = deskWith(async function* () {
      yield step(1);
      time.ms = 15_000;
      yield* [step(2), step(3), done('finished')];
    });
    await paint();
    expect(said()).toEqual(['step', 'step', 'state 2', 'step', 'done']);
  });

  it('cancels only the job it is told to', async () => {
    const script: Script = async function* ({ signal }) {
      yield step(1);
      desk.handle({ type: 'cancel', job: 'another' });
      yield done(signal?.aborted ? 'cancelled' : 'finished');
    };
    const { desk, reports, paint } = deskWith((job) => script(job));
    await paint();
    expect(reports.at(-1)).toMatchObject({ event: { type: 'done', ended: 'finished' } });
  });

  it('leaves at once when idle, and after handing over its state when not', async () => {
    const idle = deskWith(async function* () {});
    idle.desk.handle({ type: 'stop' });
    expect(idle.leaves()).toBe(1);

    const script: Script = async function* ({ signal }) {
      yield step(1);
      busy.desk.handle({ type: 'stop' });
      yield done(signal?.aborted ? 'cancelled' : 'finished');
    };
    const busy = deskWith((job) => script(job));
    await busy.paint();
    expect(busy.said()).toEqual(['step', 'state 1']);
    expect(busy.leaves()).toBe(1);
  });

  it('still reports a picture that got finished while it was told to leave', async () => {
    const script: Script = async function* () {
      yield step(3);
      late.desk.handle({ type: 'stop' });
      yield done('finished');
    };
    const late = deskWith(() => script({ request: paintRequest() }));
    await late.paint();
    expect(late.said()).toEqual(['step', 'done']);
    await expect.poll(late.leaves).toBe(1);
  });

  it('tells a person’s mistake from a fault', async () => {
    const mistaken = deskWith(async function* () {});
    await mistaken.paint(paintRequest({ model: 'other' }));
    expect(mistaken.reports).toMatchObject([
      { event: { type: 'error', kind: 'user', message: 'There is no model other.' } },
    ]);
    const trace = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => trace.mockRestore());
    const broken = deskWith(async function* () {
      yield step(1);
      throw new Error('broken');
    });
    await broken.paint();
    expect(broken.reports.at(-1)).toMatchObject({
      event: { type: 'error', kind: 'fault', message: 'broken' },
    });
  });

  it('says of every frame and of the final picture how surely it shows adult content', async () => {
    const blushing = { ...picture, pixels: new Uint8Array(3 * 64).fill(204) };
    const { reports, paint } = deskWith(async function* () {
      yield { type: 'frame', step: 0, picture: blushing };
      yield done('finished');
    });
    await paint();
    expect(reports).toMatchObject([
      { event: { type: 'frame', picture: { format: 'webp', adult: 0.8 } } },
      { event: { type: 'done', picture: { format: 'png', adult: 0 } } },
    ]);
  });

  it.each([
    ['something else', 'unknown', () => Buffer.from('GIF')],
    ['a file that was cut short', 'damaged', (whole: Uint8Array) => whole.subarray(0, -20)],
  ] as const)('says as data what is wrong with %s', async (_, flaw, spoil) => {
    const { bytes } = await encodePicture(picture, { format: 'png' });
    const { reports, paint } = deskWith(async function* () {
      yield done('finished');
    });
    await paint(paintRequest(), { images: new Map([['sha', spoil(bytes)]]) });
    expect(reports).toMatchObject([
      { event: { type: 'error', kind: 'user', refusal: { kind: 'givenPicture', flaw } } },
    ]);
  });

  it('refuses a given picture above the limit of the place, and only there', async () => {
    const given = { ...picture, pixels: new Uint8Array(3 * 64).fill(204) };
    const { bytes } = await encodePicture(given, { format: 'png' });
    const images = new Map([['sha', bytes]]);
    const script: Script = async function* () {
      yield done('finished');
    };
    const strict = deskWith(script);
    await strict.paint(paintRequest(), { images, adultLimit: 0.79 });
    expect(strict.reports).toMatchObject([
      { event: { type: 'error', kind: 'user', refusal: { kind: 'givenPicture', flaw: 'adult' } } },
    ]);
    for (const lenient of [{ images, adultLimit: 0.81 }, { images }]) {
      const desk = deskWith(script);
      await desk.paint(paintRequest(), lenient);
      expect(desk.said()).toEqual(['done']);
    }
  });

  it('lets a network enlarge the final picture, and only that, where the request says so', async () => {
    const { reports, paint } = deskWith(async function* () {
      yield* [frame(0), done('finished')];
    });
    await paint(paintRequest({ upscale: 4, upscaler: 'learned' }));
    const pictures = reports.flatMap((report) =>
      report.type === 'event' && 'picture' in report.event ? [report.event.picture] : [],
    );
    expect(pictures.map(({ width }) => width)).toEqual([32, 32]);
    const shades = await Promise.all(
      pictures.map(async ({ bytes }) => (await decodePicture(bytes)).pixels[0]),
    );
    expect(shades).toEqual([0, 9]);
  });
});
