import type { Clock } from '../clock.js';

const WINDOW_MS = 10 * 60_000;
const STATUSES: readonly number[] = [401, 403, 429];

/**
 * Counts what Discord takes for abuse: answers of 401, 403 and 429, save limits that others share. Past 10 000 within
 * ten minutes the proxy before Discord lets nobody from that address through for a while.
 */
export interface InvalidRequests {
  /** How many of the last ten minutes. */
  count(): number;
  /** Milliseconds for which nothing is let through any more; 0 where everything is. */
  bannedMs(): number;
  note(response: Response): void;
}

export function createInvalidRequests(clock: Clock, allowed = 10_000): InvalidRequests {
  let times: number[] = [];
  let bannedUntil = 0;
  const recent = () => {
    times = times.filter((at) => clock.now() - at < WINDOW_MS);
    return times;
  };
  return {
    count: () => recent().length,
    bannedMs: () => Math.max(0, bannedUntil - clock.now()),
    note({ status, headers }) {
      if (!STATUSES.includes(status) || headers.get('x-ratelimit-scope') === 'shared') return;
      times.push(clock.now());
      if (recent().length > allowed) bannedUntil = clock.now() + WINDOW_MS;
    },
  };
}
