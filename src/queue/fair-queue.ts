import type { QueueAddOptions } from 'p-queue';
import type { LineEntry, Place, RunFunction, Seat, Ticket, TicketFilter } from './line-entry.js';
import { Rotation } from './rotation.js';
import { insertSorted, removeSorted } from './sorted.js';
import type { Work } from './work-sums.js';

/** What p-queue hands through to `enqueue`. */
export type FairOptions = QueueAddOptions & Pick<Ticket, 'entry' | 'onTurn'>;

interface PriorityClass {
  readonly priority: number;
  readonly rotation: Rotation;
}

/** Highest priority first. */
const descending = ({ priority }: PriorityClass) => -priority;

/**
 * The queue inside p-queue: classes from the highest priority down, a `Rotation` in each. Groups can be held back;
 * held jobs stand behind all others until they are released.
 */
export class FairQueue {
  readonly #tickets = new Map<string, Ticket>();
  /** No empty class; together they hold exactly `#tickets`. */
  readonly #classes: PriorityClass[] = [];
  readonly #heldGroups = new Set<string>();
  /** How many tickets each group has; no zeros; group null is not counted. */
  readonly #groupSizes = new Map<string, number>();
  #isEverythingHeld = false;
  /** Whether a ticket may start, or is held: each one function for as long as the same groups are held. */
  #free: TicketFilter = ({ entry }) => !this.isHeld(entry);
  #held: TicketFilter = ({ entry }) => this.isHeld(entry);
  readonly #nextTurn: () => number;

  /** @param nextTurn reads and advances the clock that also numbers acceptances. */
  constructor(nextTurn: () => number) {
    this.#nextTurn = nextTurn;
  }

  /** How many may start: p-queue dequeues only while this is positive. */
  get size(): number {
    const groups = this.#isEverythingHeld ? this.#groupSizes.keys() : this.#heldGroups;
    let held = 0;
    for (const group of groups) held += this.#groupSizes.get(group) ?? 0;
    return this.#tickets.size - held;
  }

  /** How many wait, held ones included. */
  get total(): number {
    return this.#tickets.size;
  }

  enqueue(run: RunFunction, options?: Partial<FairOptions>): void {
    const { entry, onTurn } = options ?? {};
    if (entry === undefined || onTurn === undefined) throw new Error('Expected an `entry` and an `onTurn`.');
    if (this.#tickets.has(entry.id)) throw new Error(`Expected job ${entry.id} to stand in line once.`);
    this.#insert({ entry, run, onTurn });
  }

  dequeue(): RunFunction | undefined {
    const ticket = this.#first();
    if (ticket === undefined) return undefined;
    const turn = this.#nextTurn();
    this.#takeOut(ticket, (rotation) => rotation.serve(ticket, turn));
    ticket.onTurn(turn);
    return ticket.run;
  }

  /** @returns whether it stood in line. */
  remove(id: string): boolean {
    const ticket = this.#tickets.get(id);
    if (ticket !== undefined) this.#takeOut(ticket, (rotation) => rotation.remove(ticket));
    return ticket !== undefined;
  }

  /** The jobs of one class. */
  filter({ priority }: Readonly<Partial<FairOptions>>): RunFunction[] {
    const tickets = [...this.#tickets.values()].filter(({ entry }) => entry.priority === priority);
    return tickets.map(({ run }) => run);
  }

  /** Moves a job to another class; `userTurn` is its user's last turn there. */
  setPriority(id: string, priority: number, userTurn = 0): void {
    const ticket = this.#tickets.get(id);
    if (ticket === undefined) return;
    this.remove(id);
    this.#insert({ ...ticket, entry: { ...ticket.entry, priority, userTurn } });
  }

  /**
   * Lets jobs change seats among themselves: the first named takes the foremost of their seats, and so on.
   *
   * @returns the seats that they now have, by their ids.
   */
  arrange(ids: readonly string[]): ReadonlyMap<string, Seat> {
    const wanted = ids.flatMap((id) => this.#tickets.get(id) ?? []);
    const named = new Set(wanted.map(({ entry }) => entry.id));
    const seats = [...this.inOrder()].filter(({ id }) => named.has(id));
    const taken = new Map<string, Seat>();
    const from = seats.map(({ id }) => this.#tickets.get(id));
    for (const [index, ticket] of wanted.entries()) {
      const left = from[index];
      if (left === undefined) throw new Error(`Expected a seat for job ${ticket.entry.id}.`);
      const { user, priority, sequence } = left.entry;
      const seat = { user, priority, sequence };
      const moved = { ...ticket, entry: { ...ticket.entry, ...seat } };
      this.#classOf(left).rotation.replace(left, moved);
      this.#tickets.set(moved.entry.id, moved);
      taken.set(moved.entry.id, seat);
    }
    return taken;
  }

  hold(group: string): void {
    this.#changeHolds(() => this.#heldGroups.add(group));
  }

  release(group: string): void {
    this.#changeHolds(() => this.#heldGroups.delete(group));
  }

  /** Holds every group back, or only those held by name. */
  holdEverything(isHeld: boolean): void {
    this.#changeHolds(() => {
      this.#isEverythingHeld = isHeld;
    });
  }

  /** Entries in the order in which they will start, held ones last. */
  *inOrder(): Generator<LineEntry> {
    for (const counts of [this.#free, this.#held]) {
      for (const { rotation } of this.#classes) {
        for (const { entry } of rotation.inOrder(counts)) yield entry;
      }
    }
  }

  isHeld({ group }: LineEntry): boolean {
    return group !== null && (this.#isEverythingHeld || this.#heldGroups.has(group));
  }

  /** Where a job stands; undefined when it is not in line. */
  place(id: string): Place | undefined {
    const ticket = this.#tickets.get(id);
    if (ticket === undefined) return undefined;
    const isHeld = this.isHeld(ticket.entry);
    const counts = isHeld ? this.#held : this.#free;
    const work: Work = new Map();
    let ahead = isHeld ? this.size : 0;
    for (const { priority, rotation } of this.#classes) {
      if (priority < ticket.entry.priority) break;
      ahead +=
        priority === ticket.entry.priority
          ? rotation.sumAhead(ticket, counts, work)
          : rotation.sumAll(counts, work);
    }
    return { ahead, work, isHeld };
  }

  /** A filter made anew counts anew. */
  #changeHolds(change: () => void): void {
    change();
    this.#free = ({ entry }) => !this.isHeld(entry);
    this.#held = ({ entry }) => this.isHeld(entry);
  }

  #first(): Ticket | undefined {
    for (const { rotation } of this.#classes) {
      const ticket = rotation.first(this.#free);
      if (ticket !== undefined) return ticket;
    }
    return undefined;
  }

  #insert(ticket: Ticket): void {
    const { id, priority, group } = ticket.entry;
    let inClass = this.#classes.find((candidate) => candidate.priority === priority);
    if (inClass === undefined) {
      inClass = { priority, rotation: new Rotation() };
      insertSorted(this.#classes, inClass, descending);
    }
    inClass.rotation.insert(ticket);
    this.#tickets.set(id, ticket);
    this.#resize(group, 1);
  }

  #takeOut(ticket: Ticket, from: (rotation: Rotation) => void): void {
    const { id, group } = ticket.entry;
    const inClass = this.#classOf(ticket);
    from(inClass.rotation);
    if (inClass.rotation.isEmpty) removeSorted(this.#classes, inClass, descending);
    this.#tickets.delete(id);
    this.#resize(group, -1);
  }

  #classOf({ entry: { id, priority } }: Ticket): PriorityClass {
    const inClass = this.#classes.find((candidate) => candidate.priority === priority);
    if (inClass === undefined) throw new Error(`Expected a class of priority ${priority} for job ${id}.`);
    return inClass;
  }

  #resize(group: string | null, by: number): void {
    if (group === null) return;
    const size = (this.#groupSizes.get(group) ?? 0) + by;
    if (size > 0) this.#groupSizes.set(group, size);
    else this.#groupSizes.delete(group);
  }
}
