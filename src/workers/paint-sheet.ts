import type { PaintEvent } from '../contracts/paint-event.js';
import type { Picture } from '../contracts/picture.js';
import { composeGrid } from '../images/compose-grid.js';
import type { Painter, PaintJob } from '../paint/api.js';
import { UserError } from '../errors.js';
import { oneOfSheet, stepsInAll } from '../requests/sheet.js';
import { packSheetState, readSheetState, type SheetState } from './sheet-state.js';

/** A picture, and how surely it shows adult content, 0…1. */
export interface JudgedPicture {
  readonly picture: Picture;
  readonly adult: number;
}

export interface SheetOptions {
  readonly painter: Pick<Painter, 'paint' | 'state'>;
  readonly job: PaintJob;
  readonly judge: (picture: Picture) => Promise<number>;
}

const NOTHING: SheetState = { painted: [], adult: 0, seconds: 0, losses: 0 };

/**
 * Paints all pictures of a request one after the other, as if they were one painting: steps are counted through, pictures stand
 * on their sheet beside those before them. Each is judged by itself; the sheet is judged like the worst of them. A request
 * for one picture is a sheet with one.
 */
export class SheetPainting {
  readonly #options: SheetOptions;
  /** What is finished; the picture under way is not in it. */
  #finished: SheetState;
  /** Whether the painter's own state is of the picture under way. */
  #hasBegun = false;

  /** @throws UserError for a saved state that is not this sheet's. */
  constructor(options: SheetOptions) {
    this.#options = options;
    const { request, state } = options.job;
    this.#finished = request.count === undefined || state === undefined ? NOTHING : readSheetState(state);
    if (this.#finished.painted.length >= (request.count ?? 1))
      throw new UserError('The saved state has as many pictures as the sheet.');
  }

  /** What it can be gone on from, for the same request; undefined before there is anything. */
  state(): Uint8Array | undefined {
    const { painter, job } = this.#options;
    if (job.request.count === undefined) return painter.state();
    const current = this.#hasBegun ? painter.state() : undefined;
    if (current === undefined && this.#finished.painted.length === 0) return undefined;
    return packSheetState({ ...this.#finished, ...(current && { current }) });
  }

  async *paint(): AsyncGenerator<PaintEvent<JudgedPicture>, void, void> {
    const { count = 1 } = this.#options.job.request;
    const first = this.#finished.painted.length;
    for (let index = first; index < count; index += 1) {
      for await (const event of this.#paintOne(index)) {
        if (event.type !== 'started' || index === first) yield event;
        if (event.type === 'error' || event.type === 'done') return;
      }
    }
  }

  /** One picture's events as the sheet's; the last one's end, or that of the one where it is cut short, is the sheet's. */
  async *#paintOne(index: number): AsyncGenerator<PaintEvent<JudgedPicture>, void, void> {
    const { painter, judge } = this.#options;
    const { count = 1, ...request } = this.#options.job.request;
    const steps = stepsInAll({ ...request, count });
    const passed = index * request.steps;
    for await (const event of painter.paint(this.#jobOf(index))) {
      switch (event.type) {
        case 'started':
          yield { ...event, steps, firstStep: passed + event.firstStep };
          break;
        case 'step':
          this.#hasBegun = true;
          yield { ...event, steps, step: passed + event.step };
          break;
        case 'frame':
          yield { ...event, step: passed + event.step, picture: await this.#beside(event.picture) };
          break;
        case 'done': {
          const whole = this.#with(event, await judge(event.picture));
          const isCut = event.ended === 'cancelled';
          if (!isCut) {
            this.#finished = whole;
            this.#hasBegun = false;
          }
          if (index < count - 1 && !isCut) break;
          const { painted, adult, seconds, losses } = whole;
          const picture = { picture: composeGrid(painted, count), adult };
          yield { ...event, step: passed + event.step, loss: losses / painted.length, seconds, picture };
          break;
        }
        case 'error':
          yield event;
      }
    }
  }

  #jobOf(index: number): PaintJob {
    const { state, request, ...job } = this.#options.job;
    const saved = request.count === undefined ? state : this.#finished.current;
    return { ...job, request: oneOfSheet(request, index), ...(saved && { state: saved }) };
  }

  async #beside(picture: Picture): Promise<JudgedPicture> {
    const { judge, job } = this.#options;
    const { painted, adult } = this.#finished;
    const sheet = composeGrid([...painted, picture], job.request.count ?? 1);
    return { picture: sheet, adult: Math.max(adult, await judge(picture)) };
  }

  #with(end: Pick<Extract<PaintEvent, { type: 'done' }>, 'picture' | 'loss' | 'seconds'>, adult: number) {
    const before = this.#finished;
    return {
      painted: [...before.painted, end.picture],
      adult: Math.max(before.adult, adult),
      seconds: before.seconds + end.seconds,
      losses: before.losses + end.loss,
    };
  }
}
