import type { JobPosition } from '../../jobs/api.js';

/** A start time is corrected when it moved by more than this and by a fifth of the wait. */
const START_MOVED_MS = 60_000;
const START_MOVED_SHARE = 0.2;

/** Whether a place in line differs so much from the one that a message tells that it is worth an edit. */
export function hasMoved(shown: JobPosition, now: JobPosition, nowMs: number): boolean {
  if (shown.position !== now.position || shown.paused !== now.paused) return true;
  if (shown.startsAt === null || now.startsAt === null) return shown.startsAt !== now.startsAt;
  const moved = Math.abs(shown.startsAt - now.startsAt);
  return moved > START_MOVED_MS && moved > START_MOVED_SHARE * (now.startsAt - nowMs);
}
