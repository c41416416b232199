import PQueue from 'p-queue';
import { type FairOptions, FairQueue } from './fair-queue.js';
import type { LineEntry, Place, Seat } from './line-entry.js';

export interface LineOptions {
  /** Reads and advances the clock that also numbers acceptances. */
  readonly nextTurn: () => number;
  /** Told what a job's start threw; starting the next one goes on. */
  readonly onError: (error: unknown) => void;
}

/** Called when a job's turn has come; the lane is free again once it settles. */
export type StartJob = (turn: number) => Promise<void>;

/**
 * Who is next: p-queue over a `FairQueue`, one lane a painter. It knows order and lanes; what a job is, its rows and
 * its end belong to others.
 *
 * Neither `signal` nor `timeout` is passed to p-queue: both would free a lane whose painter still works.
 */
export class Line {
  readonly #queue: FairQueue;
  readonly #lanes: PQueue<FairQueue, FairOptions>;
  readonly #onError: (error: unknown) => void;
  #laneCount = 0;

  constructor({ nextTurn, onError }: LineOptions) {
    const queue = new FairQueue(nextTurn);
    this.#queue = queue;
    this.#onError = onError;
    // p-queue constructs its queue; a constructor that returns an object gives it ours, which it shares with us.
    const Shared = class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: see above.
        return queue;
      }
    } as new () => FairQueue;
    this.#lanes = new PQueue<FairQueue, FairOptions>({
      queueClass: Shared,
      concurrency: 1,
      autoStart: false,
    });
  }

  /** How many wait, held ones included. */
  get waiting(): number {
    return this.#queue.total;
  }

  /** How many lanes are in use. */
  get running(): number {
    return this.#lanes.pending;
  }

  /** Lanes that may be used from now on; 0 lets nobody start. Jobs that run are not touched. */
  setLanes(count: number): void {
    this.#laneCount = count;
    if (count === 0) this.#lanes.pause();
    else {
      this.#lanes.concurrency = count;
      this.#lanes.start();
    }
  }

  add(entry: LineEntry, start: StartJob): void {
    let turn = 0;
    const onTurn = (given: number) => {
      turn = given;
    };
    this.#lanes.add(() => start(turn), { id: entry.id, entry, onTurn }).catch(this.#onError);
  }

  /** @returns whether it stood in line. */
  remove(id: string): boolean {
    return this.#queue.remove(id);
  }

  setPriority(id: string, priority: number, userTurn: number): void {
    this.#queue.setPriority(id, priority, userTurn);
  }

  arrange(ids: readonly string[]): ReadonlyMap<string, Seat> {
    return this.#queue.arrange(ids);
  }

  hold(group: string): void {
    this.#queue.hold(group);
  }

  release(group: string): void {
    this.#queue.release(group);
    this.#startWaiting();
  }

  holdEverything(isHeld: boolean): void {
    this.#queue.holdEverything(isHeld);
    this.#startWaiting();
  }

  isHeld(entry: LineEntry): boolean {
    return this.#queue.isHeld(entry);
  }

  /** Resolves once no lane is in use. */
  onceIdle(): Promise<void> {
    return this.#lanes.onPendingZero();
  }

  place(id: string): Place | undefined {
    return this.#queue.place(id);
  }

  inOrder(): Iterable<LineEntry> {
    return this.#queue.inOrder();
  }

  /** p-queue looks at its queue when something is added or ends; a release is neither. */
  #startWaiting(): void {
    if (this.#laneCount > 0) this.#lanes.concurrency = this.#laneCount;
  }
}
