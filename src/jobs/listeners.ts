import type { Logger } from '../log.js';
import type { JobEvent, JobListener } from './api.js';

/** Who hears of jobs. A listener that throws is logged and harms nobody else. */
export class Listeners {
  readonly #listeners = new Set<JobListener>();
  readonly #log: Logger;
  /** Whether a `line` event is under way: any number of changes in one turn of the event loop are one. */
  #isLineDue = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: JobEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#log.error({ err: error, event: event.type }, 'a listener of jobs threw');
      }
    }
  }

  /** Says soon that places in line changed. */
  lineChanged(): void {
    if (this.#isLineDue) return;
    this.#isLineDue = true;
    setImmediate(() => {
      this.#isLineDue = false;
      this.emit({ type: 'line' });
    });
  }
}
