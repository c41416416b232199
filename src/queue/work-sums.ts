import type { Ticket } from './line-entry.js';
import { lowerBound } from './sorted.js';

/** Steps by their kind. */
export type Work = Map<string, number>;

interface KindSums {
  /** Ascending; one index a ticket of the kind. */
  readonly indices: number[];
  /** The steps of the kind up to that ticket, its own included. */
  readonly steps: number[];
}

const itself = (index: number) => index;

/** Tickets in order, and what any number of them, from the first on, come to. */
export class WorkSums {
  readonly tickets: readonly Ticket[];
  readonly #byKind = new Map<string, KindSums>();

  constructor(tickets: readonly Ticket[]) {
    this.tickets = tickets;
    for (const [index, { entry }] of tickets.entries()) {
      const { kind, steps } = entry.work;
      const sums = this.#byKind.get(kind) ?? { indices: [], steps: [] };
      sums.indices.push(index);
      sums.steps.push((sums.steps.at(-1) ?? 0) + steps);
      this.#byKind.set(kind, sums);
    }
  }

  /** Adds the work of the first so many to a total. */
  addFirst(count: number, total: Work): void {
    for (const [kind, { indices, steps }] of this.#byKind) {
      const sum = steps[lowerBound(indices, count, itself) - 1];
      if (sum !== undefined) total.set(kind, (total.get(kind) ?? 0) + sum);
    }
  }
}
