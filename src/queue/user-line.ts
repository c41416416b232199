import type { Ticket, TicketFilter } from './line-entry.js';
import { insertSorted, lowerBound, removeSorted } from './sorted.js';
import { WorkSums } from './work-sums.js';

const sequenceOf = (ticket: Ticket) => ticket.entry.sequence;

/** One user's tickets in one class, oldest first. */
export class UserLine {
  readonly user: string;
  /** When the user was last served. */
  turn = 0;
  /** Ascending by sequence. */
  readonly #tickets: Ticket[] = [];
  /** Of the tickets as they are now, by what was asked for. */
  #sums = new WeakMap<TicketFilter, WorkSums>();

  constructor(user: string) {
    this.user = user;
  }

  get isEmpty(): boolean {
    return this.#tickets.length === 0;
  }

  /** Where the user stands: where their last turn or their oldest waiting job puts them, whichever is later. */
  get key(): number {
    return Math.max(this.turn, this.#tickets[0]?.entry.sequence ?? 0);
  }

  insert(ticket: Ticket): void {
    insertSorted(this.#tickets, ticket, sequenceOf);
    this.#sums = new WeakMap();
  }

  remove(ticket: Ticket): void {
    removeSorted(this.#tickets, ticket, sequenceOf);
    this.#sums = new WeakMap();
  }

  /** Gives a ticket's place to another of the same user and sequence. */
  replace(ticket: Ticket, other: Ticket): void {
    removeSorted(this.#tickets, ticket, sequenceOf);
    this.insert(other);
  }

  /** The oldest ticket that counts. */
  first(counts: TicketFilter): Ticket | undefined {
    return this.#tickets.find(counts);
  }

  /** The tickets that count, with their sums. */
  counted(counts: TicketFilter): WorkSums {
    const known = this.#sums.get(counts);
    if (known !== undefined) return known;
    const sums = new WorkSums(this.#tickets.filter(counts));
    this.#sums.set(counts, sums);
    return sums;
  }

  /** How many that count stand before a ticket. */
  before(ticket: Ticket, counts: TicketFilter): number {
    return lowerBound(this.counted(counts).tickets, sequenceOf(ticket), sequenceOf);
  }
}
