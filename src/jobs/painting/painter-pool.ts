import type { Painter } from '../../workers/painter.js';

/** The painters, and which of them a job holds. */
export class PainterPool {
  readonly painters: readonly Painter[];
  /** Painters that a job has taken and not given back. */
  readonly #taken = new Set<Painter>();

  constructor(painters: readonly Painter[]) {
    this.painters = painters;
  }

  /** How many jobs may be on lanes: painters at work or ready for it, as far as one can see now. */
  get lanes(): number {
    return this.painters.filter((painter) => this.#taken.has(painter) || painter.state === 'idle').length;
  }

  /** A painter for one job; undefined when none is free. */
  take(): Painter | undefined {
    const painter = this.painters.find(({ state }, index) => state === 'idle' && !this.#isTaken(index));
    if (painter !== undefined) this.#taken.add(painter);
    return painter;
  }

  giveBack(painter: Painter): void {
    this.#taken.delete(painter);
  }

  #isTaken(index: number): boolean {
    const painter = this.painters[index];
    return painter !== undefined && this.#taken.has(painter);
  }
}
