import { noteJob } from '../../ledger/jobs.js';
import type { SavedState } from '../../workers/painter.js';
import type { JobsContext, Running } from '../context.js';
import { dropState } from '../keeping/drop-file.js';

/** Stores the states of one running job; while one is written, of those that come only the newest is kept. */
export class Checkpoints {
  readonly #context: JobsContext;
  readonly #running: Running;
  #next: SavedState | undefined;
  /** Pending while a state is being written. */
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;

  constructor(context: JobsContext, running: Running) {
    this.#context = context;
    this.#running = running;
  }

  save(state: SavedState): void {
    this.#next = state;
    if (!this.#isWorking) this.#work = this.#drain();
  }

  /** Resolves once every state taken is stored or given up. */
  settled(): Promise<void> {
    return this.#work;
  }

  async #drain(): Promise<void> {
    this.#isWorking = true;
    for (let state = this.#takeNext(); state !== undefined; state = this.#takeNext()) {
      // A state that cannot be stored costs a continuation, not the picture.
      await this.#store(state).catch((error: unknown) =>
        this.#context.log.warn({ err: error, job: this.#running.job.id }, 'a state could not be stored'),
      );
    }
    this.#isWorking = false;
  }

  #takeNext(): SavedState | undefined {
    const state = this.#next;
    this.#next = undefined;
    return state;
  }

  async #store(state: SavedState): Promise<void> {
    const { store, ledger, crashPoint } = this.#context;
    const { id, savedState: old } = this.#running.job;
    const savedState = await store.put(state.bytes);
    const job = await noteJob(ledger, id, { states: ['painting'], note: { savedState } });
    if (job === undefined) {
      await dropState(this.#context, savedState);
      return;
    }
    this.#running.job = { ...job, message: this.#running.job.message };
    if (old !== null && old !== savedState) await dropState(this.#context, old);
    crashPoint('state-stored', id);
  }
}
