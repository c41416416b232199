import type { Ticket, TicketFilter } from './line-entry.js';
import { insertSorted, lowerBound } from './sorted.js';
import { UserLine } from './user-line.js';
import type { Work } from './work-sums.js';

const keyOf = ({ key }: UserLine) => key;

/**
 * Round robin over the users of one priority class.
 *
 * Users stand in ascending order of `max(last turn, sequence of the oldest job)`, both read from one clock. Being
 * served moves a user behind everyone, so between two jobs of one user every other waiting user gets one; and the
 * order follows from the rows alone.
 */
export class Rotation {
  /** Ascending by key, which never changes while a line is in here; none is empty. */
  readonly #lines: UserLine[] = [];
  /** The same lines by user. */
  readonly #byUser = new Map<string, UserLine>();

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  insert(ticket: Ticket): void {
    const { user, userTurn = 0 } = ticket.entry;
    const line = this.#byUser.get(user) ?? new UserLine(user);
    this.#rekey(line, () => {
      line.insert(ticket);
      // A line that emptied forgot its turn, and an older job may come back to it from another class.
      line.turn = Math.max(line.turn, userTurn);
    });
  }

  remove(ticket: Ticket): void {
    const line = this.#lineOf(ticket);
    this.#rekey(line, () => line.remove(ticket));
  }

  /** Removes a ticket because its user is served now. */
  serve(ticket: Ticket, turn: number): void {
    const line = this.#lineOf(ticket);
    this.#rekey(line, () => {
      line.remove(ticket);
      line.turn = turn;
    });
  }

  /** Gives a ticket's place to another of the same user and sequence; nobody else's changes. */
  replace(ticket: Ticket, other: Ticket): void {
    this.#lineOf(ticket).replace(ticket, other);
  }

  /** The next ticket that counts. */
  first(counts: TicketFilter): Ticket | undefined {
    for (const line of this.#lines) {
      const ticket = line.first(counts);
      if (ticket !== undefined) return ticket;
    }
    return undefined;
  }

  /** All tickets that count, in the order in which they will be served. */
  *inOrder(counts: TicketFilter): Generator<Ticket> {
    let lines = this.#lines.map((line) => line.counted(counts).tickets);
    for (let round = 0; lines.length > 0; round += 1) {
      lines = lines.filter((tickets) => round < tickets.length);
      for (const tickets of lines) {
        const ticket = tickets[round];
        if (ticket !== undefined) yield ticket;
      }
    }
  }

  /**
   * Counts what is served before a ticket, and adds its work to a total. A ticket with r others of its user before it is
   * served in round r (from 0), so before it are Σ min(r + 1, n) tickets of the users who stand before its own and
   * Σ min(r, n) of the others, n being how many of a user's count. Linear in the users.
   */
  sumAhead(ticket: Ticket, counts: TicketFilter, total: Work): number {
    const own = this.#lineOf(ticket);
    const round = own.before(ticket, counts);
    const ownIndex = this.#indexOf(own);
    return this.#sum(counts, total, (index) => (index < ownIndex ? round + 1 : round));
  }

  /** Counts all tickets, and adds their work to a total. */
  sumAll(counts: TicketFilter, total: Work): number {
    return this.#sum(counts, total, () => Number.POSITIVE_INFINITY);
  }

  #sum(counts: TicketFilter, total: Work, rounds: (index: number) => number): number {
    let sum = 0;
    for (const [index, line] of this.#lines.entries()) {
      const counted = line.counted(counts);
      const count = Math.min(rounds(index), counted.tickets.length);
      counted.addFirst(count, total);
      sum += count;
    }
    return sum;
  }

  #lineOf(ticket: Ticket): UserLine {
    const line = this.#byUser.get(ticket.entry.user);
    if (line === undefined) throw new Error(`Expected job ${ticket.entry.id} to stand in this class.`);
    return line;
  }

  /** Takes a line out, changes it, and puts it back where its new key says unless it became empty. */
  #rekey(line: UserLine, change: () => void): void {
    if (!line.isEmpty) this.#lines.splice(this.#indexOf(line), 1);
    change();
    if (line.isEmpty) {
      this.#byUser.delete(line.user);
      return;
    }
    insertSorted(this.#lines, line, keyOf);
    this.#byUser.set(line.user, line);
  }

  #indexOf(line: UserLine): number {
    return lowerBound(this.#lines, line.key, keyOf);
  }
}
