import type { Job } from '../../contracts/job.js';
import type { LineEntry } from '../../queue/line-entry.js';
import type { JobsContext } from '../context.js';
import { stepKind } from './step-clock.js';
import { stepsInAll } from '../../requests/sheet.js';

/** The class of jobs that were being painted already: they go first, and no pause holds them back. */
const CONTINUED = Number.MAX_SAFE_INTEGER;
/** What direct messages are held back as, when everything is. */
const DIRECT = 'direct';

/** Puts a job in line: a new one by its priority, one whose row says `painting` before all others. */
export function enterLine(context: JobsContext, job: Job, userTurn = 0): void {
  const isContinued = job.state === 'painting';
  const entry: LineEntry = {
    id: job.id,
    user: job.turnOf,
    group: isContinued ? null : (job.guildId ?? DIRECT),
    priority: isContinued ? CONTINUED : job.priority,
    sequence: job.sequence,
    userTurn,
    work: { kind: stepKind(job.request), steps: stepsInAll(job.request) },
  };
  context.waiting.set(job.id, { job });
  context.line.add(entry, (turn) => context.paint(job.id, turn));
  context.listeners.lineChanged();
}

/** Takes a job out of line. */
export function leaveLine({ line, waiting, listeners }: JobsContext, id: string): void {
  if (!line.remove(id)) return;
  waiting.delete(id);
  listeners.lineChanged();
}
