import { EVERYWHERE } from '../../ledger/schema.js';
import type { LineEntry } from '../../queue/line-entry.js';
import type { JobPosition, QueueSnapshot, RunningJob, WaitingJob } from '../api.js';
import type { JobsContext, Running } from '../context.js';
import { msUntilTaken } from './step-clock.js';
import { stepsInAll } from '../../requests/sheet.js';

/** How long things take, as known at one moment. */
interface Forecast {
  /** When work that has `aheadMs` before it starts, epoch ms; null when nothing was ever measured. */
  startsAt(aheadMs: number): number | null;
  /** How long waiting work will take; 0 when nothing was ever measured. */
  msOf(entry: Pick<LineEntry, 'work'>): number;
}

function forecast({ clock, steps, running, pool }: JobsContext): Forecast {
  const now = clock.now();
  // Ten thousand jobs are of a few kinds: each is worked out once.
  const known = new Map<string, number>();
  const stepMsOf = (kind: string) => {
    const before = known.get(kind);
    if (before !== undefined) return before;
    const ms = steps.stepMs(kind) ?? 0;
    known.set(kind, ms);
    return ms;
  };
  const busy = [...running.values()].map((job) =>
    remainingMs(job, steps.remainingMs(job.job.request, job.step)),
  );
  const idle = Math.max(0, pool.painters.length - busy.length);
  const lanes = [...busy, ...Array.from({ length: idle }, () => 0)];
  return {
    startsAt(aheadMs) {
      const ms = steps.isEmpty ? undefined : msUntilTaken(lanes, aheadMs);
      return ms === undefined ? null : Math.round(now + ms);
    },
    msOf: ({ work }) => work.steps * stepMsOf(work.kind),
  };
}

/** By its own steps once it has some, by those of others before. */
function remainingMs({ stepMs, step, job }: Running, byKind: number | undefined): number {
  return stepMs === undefined ? (byKind ?? 0) : stepMs * (stepsInAll(job.request) - step);
}

/** See `Jobs.position`. */
export function positionOf(context: JobsContext, id: string): JobPosition | undefined {
  const { startsAt, msOf } = forecast(context);
  const place = context.line.place(id);
  if (place === undefined) return undefined;
  let aheadMs = 0;
  for (const [kind, steps] of place.work) aheadMs += msOf({ work: { kind, steps } });
  return {
    position: place.ahead + 1,
    of: context.line.waiting,
    startsAt: place.isHeld ? null : startsAt(aheadMs),
    paused: place.isHeld,
  };
}

/** See `Jobs.snapshot`. */
export function snapshotOf(
  context: JobsContext,
  { guildId, limit = Number.POSITIVE_INFINITY }: { readonly guildId?: string; readonly limit?: number } = {},
): QueueSnapshot {
  const { line, pool, pausedScopes } = context;
  const waiting = waitingJobs(context, limit, guildId);
  return {
    running: [...context.running.values()]
      .filter(({ job }) => guildId === undefined || job.guildId === guildId)
      .map((running) => runningJob(context, running)),
    waiting,
    waitingTotal: line.waiting,
    painters: pool.painters.map(({ name, state, provider, device }) => ({ name, state, provider, device })),
    paused: pausedScopes.has(EVERYWHERE),
    pausedGuilds: [...pausedScopes].filter((scope) => scope !== EVERYWHERE),
    unreadable: [...context.unreadable],
  };
}

function waitingJobs(context: JobsContext, limit: number, guildId: string | undefined): WaitingJob[] {
  const { line, waiting } = context;
  const { startsAt, msOf } = forecast(context);
  const jobs: WaitingJob[] = [];
  let aheadMs = 0;
  let position = 0;
  for (const entry of line.inOrder()) {
    if (jobs.length >= limit) break;
    position += 1;
    const job = waiting.get(entry.id)?.job;
    if (job !== undefined && (guildId === undefined || job.guildId === guildId)) {
      const paused = line.isHeld(entry);
      jobs.push({ job, position, of: line.waiting, paused, startsAt: paused ? null : startsAt(aheadMs) });
    }
    aheadMs += msOf(entry);
  }
  return jobs;
}

function runningJob({ clock, steps }: JobsContext, running: Running): RunningJob {
  const { job, painter, step, loss, stepMs } = running;
  const ms = stepMs === undefined ? steps.remainingMs(job.request, step) : remainingMs(running, undefined);
  const endsAt = ms === undefined ? null : Math.round(clock.now() + ms);
  return { painter, job, step, steps: stepsInAll(job.request), loss, endsAt };
}
