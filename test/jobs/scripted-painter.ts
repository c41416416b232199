import type { EncodedPicture } from '../../src/contracts/picture.js';
import type { Painter, PainterState, PaintOutcome, PaintTask } from '../../src/workers/painter.js';

/** A picture whose bytes say what it is. */
export function pictureOf(text: string): EncodedPicture {
  return { format: 'png', width: 64, height: 64, bytes: new TextEncoder().encode(text) };
}

/** A painting that the test carries on by hand. */
export interface ScriptedPainting {
  readonly task: PaintTask;
  step(step: number, ms?: number): void;
  frame(step: number): void;
  save(step: number, text: string): void;
  /** Ends it as painted to the end. */
  finish(text?: string): void;
  end(outcome: PaintOutcome): void;
}

/** A painter without a process: it does what the test says, and what a painter must when told to cancel or to leave. */
export class ScriptedPainter implements Painter {
  readonly provider = 'cpu';
  readonly device = 'scripted';
  readonly name: string;
  state: PainterState = 'starting';
  /** Every painting that began, in order. */
  readonly paintings: ScriptedPainting[] = [];
  /** Whether a cancelled painting ends by itself, as it should. */
  obeys = true;
  readonly #listeners: (() => void)[] = [];
  #end: ((outcome: PaintOutcome) => void) | undefined;

  constructor(name = 'scripted') {
    this.name = name;
  }

  get current(): ScriptedPainting {
    const painting = this.paintings.at(-1);
    if (painting === undefined) throw new Error('Expected a painting to have begun.');
    return painting;
  }

  start(): void {
    this.become('idle');
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  become(state: PainterState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }

  paint(task: PaintTask): Promise<PaintOutcome> {
    this.become('painting');
    const outcome = new Promise<PaintOutcome>((resolve) => {
      this.#end = (given) => {
        this.#end = undefined;
        const after = { died: 'restarting', stopped: 'stopped', done: 'idle', error: 'idle' } as const;
        this.become(after[given.type]);
        resolve(given);
      };
    });
    const { steps } = task.request;
    const done = (text: string, ended: 'finished' | 'cancelled'): PaintOutcome => ({
      type: 'done',
      picture: pictureOf(text),
      step: steps,
      loss: 0.25,
      seconds: 2,
      ended,
    });
    task.signal.addEventListener('abort', () => {
      if (this.obeys) this.#end?.(done('half', 'cancelled'));
    });
    this.paintings.push({
      task,
      step: (step, ms = 100) => task.onProgress({ type: 'step', step, steps, loss: 1 / step, ms }),
      frame: (step) => task.onProgress({ type: 'frame', step, picture: pictureOf(`frame ${step}`) }),
      save: (step, text) => task.onState({ step, bytes: new TextEncoder().encode(text) }),
      finish: (text = `final of ${task.job}`) => this.#end?.(done(text, 'finished')),
      end: (given) => this.#end?.(given),
    });
    return outcome;
  }

  async stop(): Promise<void> {
    if (this.#end !== undefined) this.#end({ type: 'stopped' });
    else this.become('stopped');
  }
}
