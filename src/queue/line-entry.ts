/** A waiting job, as far as its order is concerned. */
export interface LineEntry {
  readonly id: string;
  /** Whose turn it takes. */
  readonly user: string;
  /** What can be held back together (a guild); null: never held. */
  readonly group: string | null;
  /** Classes are served from the highest down. */
  readonly priority: number;
  /** The reading of the turn clock at acceptance, unique. */
  readonly sequence: number;
  /** The user's last turn in this class when the line is rebuilt; 0 for one who never had any. */
  readonly userTurn?: number;
  /** What it will take: so many steps of a kind whose time is known elsewhere. */
  readonly work: { readonly kind: string; readonly steps: number };
}

/** What an entry's place follows from: jobs that exchange these exchange places, and all others keep theirs. */
export type Seat = Pick<LineEntry, 'user' | 'priority' | 'sequence'>;

/** What p-queue runs: the lane is free again once it settles. */
export type RunFunction = () => Promise<unknown>;

/** An entry in the line with what p-queue runs for it. */
export interface Ticket {
  readonly entry: LineEntry;
  readonly run: RunFunction;
  /** Told the turn it got, before `run`. */
  readonly onTurn: (turn: number) => void;
}

/** Says of a ticket whether it counts, always the same of the same ticket. */
export type TicketFilter = (ticket: Ticket) => boolean;

/** Where a job stands. */
export interface Place {
  /** How many start before it. */
  readonly ahead: number;
  /** The steps of those by kind; while it is held only of those that are held as well. */
  readonly work: ReadonlyMap<string, number>;
  readonly isHeld: boolean;
}
