import { refused } from '../../contracts/refusal.js';
import { noteSeats, type SeatNote } from '../../ledger/jobs.js';
import { EVERYWHERE } from '../../ledger/schema.js';
import type { Actor, JobPosition } from '../api.js';
import type { JobsContext } from '../context.js';
import { positionOf } from '../line/views.js';
import { expectJob } from './control.js';
import { recorded } from './recorded.js';
import { expectModeratorOf, scopeOf } from './rights.js';

interface Moving {
  readonly id: string;
  /** 1 is next of all. */
  readonly place: number;
  readonly actor: Actor;
}

/** See `Jobs.move`. Memory moves first, at once; the rows follow, or memory goes back. */
export async function moveInLine(context: JobsContext, { id, place, actor }: Moving): Promise<JobPosition> {
  const { ledger, listeners } = context;
  const job = await expectJob(ledger, id);
  expectModeratorOf(actor, job);
  const seats = exchangeable(context, id, scopeOf(actor));
  const from = seats.findIndex((seat) => seat.id === id);
  const present = positionOf(context, id);
  if (from < 0 || present === undefined) throw refused('notWaiting');
  const firstFrom = seats.findIndex(({ position }) => position >= place);
  const to = firstFrom < 0 ? seats.length - 1 : firstFrom;
  if (to === from) return present;
  const before = seats.slice(Math.min(from, to), Math.max(from, to) + 1).map((seat) => seat.id);
  const others = before.filter((other) => other !== id);
  const exchanged = take(context, to < from ? [id, ...others] : [...others, id]);
  const position = positionOf(context, id) ?? present;
  try {
    await recorded(context, actor, async ({ transaction, note }) => {
      await noteSeats(transaction, exchanged);
      const detail = { owner: job.userId, from: present.position, to: position.position };
      await note({ action: 'move', job, detail });
    });
  } catch (error) {
    take(context, before);
    throw error;
  }
  listeners.lineChanged();
  return position;
}

/** The scope's waiting jobs that are held back, or not, as one of them is, in the order in which they will start. */
function exchangeable(context: JobsContext, id: string, scope: string) {
  const { line, waiting } = context;
  const all = [...line.inOrder()].map((entry, index) => ({
    ...{ id: entry.id, position: index + 1, isHeld: line.isHeld(entry) },
    job: waiting.get(entry.id)?.job,
  }));
  const isHeld = all.find((seat) => seat.id === id)?.isHeld;
  return all.filter(
    (seat) =>
      seat.isHeld === isHeld &&
      seat.job?.state === 'queued' &&
      (scope === EVERYWHERE || seat.job.guildId === scope),
  );
}

/** Lets jobs take their own seats in another order. @returns which each now has. */
function take({ line, waiting }: JobsContext, ids: readonly string[]): Map<string, SeatNote> {
  const taken = new Map<string, SeatNote>();
  for (const [id, { user: turnOf, ...seat }] of line.arrange(ids)) {
    const waits = waiting.get(id);
    if (waits !== undefined) waits.job = { ...waits.job, turnOf, ...seat };
    taken.set(id, { turnOf, ...seat });
  }
  return taken;
}
