import type { Ticket, TicketFilter } from './line-entry.js';
import { insertSorted, lowerBound, removeSorted } from './sorted.js';

interface UserLine {
  readonly user: string;
  /** Never empty while the user is in the rotation; ascending by sequence. */
  readonly tickets: Ticket[];
  /** When the user was last served. */
  turn: number;
}

const sequenceOf = (ticket: Ticket) => ticket.entry.sequence;

/** A user stands where their last turn or their oldest waiting job puts them, whichever is later. */
function keyOf({ tickets, turn }: UserLine): number {
  return Math.max(turn, tickets[0]?.entry.sequence ?? 0);
}

/**
 * Round robin over the users of one priority class.
 *
 * Users stand in ascending order of `max(last turn, sequence of the oldest job)`, both read from one clock. Being
 * served moves a user behind everyone, so between two jobs of one user every other waiting user gets one; and the
 * order follows from the rows alone.
 */
export class Rotation {
  /** Ascending by `keyOf`, which never changes while a line is in here. */
  readonly #lines: UserLine[] = [];
  /** The same lines by user. */
  readonly #byUser = new Map<string, UserLine>();

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  insert(ticket: Ticket): void {
    const { user, userTurn = 0 } = ticket.entry;
    const line = this.#byUser.get(user) ?? { user, tickets: [], turn: 0 };
    this.#rekey(line, () => {
      insertSorted(line.tickets, ticket, sequenceOf);
      // A line that emptied forgot its turn, and an older job may come back to it from another class.
      line.turn = Math.max(line.turn, userTurn);
    });
  }

  remove(ticket: Ticket): void {
    const line = this.#lineOf(ticket);
    this.#rekey(line, () => removeSorted(line.tickets, ticket, sequenceOf));
  }

  /** Removes a ticket because its user is served now. */
  serve(ticket: Ticket, turn: number): void {
    const line = this.#lineOf(ticket);
    this.#rekey(line, () => {
      removeSorted(line.tickets, ticket, sequenceOf);
      line.turn = turn;
    });
  }

  /** The next ticket that counts. */
  first(counts: TicketFilter): Ticket | undefined {
    for (const { tickets } of this.#lines) {
      const ticket = tickets.find(counts);
      if (ticket !== undefined) return ticket;
    }
    return undefined;
  }

  /** All tickets that count, in the order in which they will be served. */
  *inOrder(counts: TicketFilter): Generator<Ticket> {
    let lines = this.#lines.map(({ tickets }) => tickets.filter(counts));
    for (let round = 0; lines.length > 0; round += 1) {
      lines = lines.filter((tickets) => round < tickets.length);
      for (const tickets of lines) {
        const ticket = tickets[round];
        if (ticket !== undefined) yield ticket;
      }
    }
  }

  /**
   * Visits what is served before a ticket, in no particular order: of each user as many as the ticket has before it
   * among its own user's, and one more of users who stand before its user.
   */
  visitAhead(ticket: Ticket, counts: TicketFilter, visit: (ticket: Ticket) => void): void {
    const own = this.#lineOf(ticket);
    const round = own.tickets.slice(0, own.tickets.indexOf(ticket)).filter(counts).length;
    const ownIndex = this.#lines.indexOf(own);
    this.#lines.forEach(({ tickets }, index) => {
      let left = index < ownIndex ? round + 1 : round;
      for (const candidate of tickets) {
        if (left === 0) break;
        if (!counts(candidate)) continue;
        visit(candidate);
        left -= 1;
      }
    });
  }

  #lineOf(ticket: Ticket): UserLine {
    const line = this.#byUser.get(ticket.entry.user);
    if (line === undefined) throw new Error(`Expected job ${ticket.entry.id} to stand in this class.`);
    return line;
  }

  /** Takes a line out, changes it, and puts it back where its new key says unless it became empty. */
  #rekey(line: UserLine, change: () => void): void {
    if (line.tickets.length > 0) this.#lines.splice(this.#indexOf(line), 1);
    change();
    if (line.tickets.length === 0) {
      this.#byUser.delete(line.user);
      return;
    }
    insertSorted(this.#lines, line, keyOf);
    this.#byUser.set(line.user, line);
  }

  #indexOf(line: UserLine): number {
    return lowerBound(this.#lines, keyOf(line), keyOf);
  }
}
