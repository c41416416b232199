import type { PaintEvent } from '../contracts/paint-event.js';
import type { PainterCommand, PainterReport } from '../contracts/painter-messages.js';
import type { Picture } from '../contracts/picture.js';
import { messageOf, UserError } from '../errors.js';
import type { Refusal } from '../contracts/refusal.js';
import { decodePicture } from '../images/decode-picture.js';
import { PictureError } from '../images/picture-error.js';
import type { Painter } from '../paint/api.js';
import type { Upscaler } from '../upscaling/create-upscaler.js';
import { enlargeAsAsked } from '../upscaling/enlarge-as-asked.js';
import { describeRequest } from '../requests/describe-request.js';
import { encodeFinal, encodeFrame } from './encode-event.js';
import { type JudgedPicture, SheetPainting } from './paint-sheet.js';

export interface PaintDeskOptions {
  /** @throws UserError when there is no such model. */
  readonly openPainter: (model: string) => Promise<Painter>;
  /** How surely a picture shows adult content, 0…1; asked for every picture that comes in or goes out. */
  readonly judge: (picture: Picture) => Promise<number>;
  readonly upscaler: Pick<Upscaler, 'enlarge'>;
  readonly send: (report: PainterReport) => void;
  /** Called once, when the process was told to stop and has said all it had to say. */
  readonly leave: () => void;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
}

type PaintCommand = Extract<PainterCommand, { readonly type: 'paint' }>;

interface Sitting {
  readonly job: string;
  readonly abort: AbortController;
  /** The last complete step. */
  step: number;
  /** When a state was sent, or it began. */
  savedAt: number;
}

/** Longest time between two states where frames are rare. */
const SAVE_EVERY_MS = 15_000;

/** The painter process's side of the conversation: one painting at a time, on the models it is asked for. */
export class PaintDesk {
  readonly #options: PaintDeskOptions;
  #sitting: Sitting | undefined;
  #isLeaving = false;

  constructor(options: PaintDeskOptions) {
    this.#options = options;
  }

  handle(command: PainterCommand): void {
    const sitting = this.#sitting;
    switch (command.type) {
      case 'paint':
        void this.#sit(command);
        return;
      case 'cancel':
        if (sitting?.job === command.job) sitting.abort.abort();
        return;
      case 'stop':
        this.#isLeaving = true;
        if (sitting === undefined) this.#options.leave();
        else sitting.abort.abort();
    }
  }

  async #sit(command: PaintCommand): Promise<void> {
    const { send, now, leave } = this.#options;
    const { job } = command;
    const sitting: Sitting = {
      job,
      abort: new AbortController(),
      step: 0,
      savedAt: now(),
    };
    this.#sitting = sitting;
    try {
      await this.#paint(command, sitting);
    } catch (error) {
      const kind = error instanceof UserError ? 'user' : 'fault';
      if (kind === 'fault') console.error(error);
      const told = error instanceof PictureError && { refusal: givenPicture(error) };
      send({ type: 'event', job, event: { type: 'error', kind, message: messageOf(error), ...told } });
    } finally {
      this.#sitting = undefined;
    }
    if (this.#isLeaving) leave();
  }

  async #paint(command: PaintCommand, sitting: Sitting): Promise<void> {
    const { job, request, state } = command;
    const painter = await this.#options.openPainter(request.model);
    const decoded = await this.#decode(command);
    const { signal } = sitting.abort;
    const paintJob = { request, images: decoded, signal, ...(state && { state }) };
    const sheet = new SheetPainting({ painter, job: paintJob, judge: this.#options.judge });
    const save = () => this.#save(sheet, sitting);
    for await (const event of sheet.paint()) {
      // Who was told to leave hands over its state instead of a half-done picture.
      if (event.type === 'done' && event.ended === 'cancelled' && this.#isLeaving) {
        save();
        return;
      }
      await this.#report({ job, request, manifestHash: painter.manifestHash }, event);
      if (event.type === 'step') sitting.step = event.step;
      const isDue = this.#options.now() - sitting.savedAt >= SAVE_EVERY_MS;
      if (event.type === 'frame' || (event.type === 'step' && isDue)) save();
    }
  }

  /** @throws PictureError when a picture is damaged, too large, or shows what the place it was given in forbids. */
  async #decode({ images, adultLimit }: PaintCommand): Promise<Map<string, Picture>> {
    const decoded = new Map<string, Picture>();
    for (const [name, bytes] of images) {
      const picture = await decodePicture(bytes);
      if (adultLimit !== undefined && (await this.#options.judge(picture)) > adultLimit) {
        throw new PictureError(
          'adult',
          'The picture given looks like adult content, which is not allowed here.',
        );
      }
      decoded.set(name, picture);
    }
    return decoded;
  }

  async #report(
    { job, request, manifestHash }: Pick<PaintCommand, 'job' | 'request'> & Pick<Painter, 'manifestHash'>,
    event: PaintEvent<JudgedPicture>,
  ): Promise<void> {
    const { send, upscaler } = this.#options;
    if (event.type !== 'frame' && event.type !== 'done') {
      send({ type: 'event', job, event });
      return;
    }
    const { picture, adult } = event.picture;
    const encoded =
      event.type === 'frame'
        ? await encodeFrame(picture, request)
        : await encodeFinal(
            await enlargeAsAsked(picture, request, upscaler),
            describeRequest(request, manifestHash),
          );
    send({ type: 'event', job, event: { ...event, picture: { ...encoded, adult } } });
  }

  #save(painting: Pick<SheetPainting, 'state'>, sitting: Sitting): void {
    const bytes = painting.state();
    if (bytes === undefined) return;
    sitting.savedAt = this.#options.now();
    this.#options.send({ type: 'state', job: sitting.job, step: sitting.step, bytes });
  }
}

const givenPicture = ({ flaw }: PictureError): Refusal => ({ kind: 'givenPicture', flaw });
