import { forgetAudit } from '../../ledger/audit.js';
import { type Forgetting, forgetJobs } from '../../ledger/forget-jobs.js';
import { listNeededNames } from '../../ledger/job-lists.js';
import { listRetentions } from '../../ledger/settings.js';
import { type Retention, sweep } from '../../store/retention.js';
import type { JobsContext } from '../context.js';
import { dropAllOf } from './drop-file.js';

export type KeepLimits = Pick<Retention, 'maxAgeMs' | 'maxBytes'>;

export const DAY_MS = 24 * 60 * 60 * 1_000;

export const DEFAULT_KEEP: KeepLimits = { maxAgeMs: 90 * DAY_MS, maxBytes: 20 * 2 ** 30 };

/** Between a file's writing and the row that names it lie moments; an hour is ample. */
const GRACE_MS = 60 * 60 * 1_000;
const EVERY_MS = 60 * 60 * 1_000;

/** Forgets jobs that ended and deeds that were done long ago, and lets stored files go that no living job needs, as far as the limits ask for it. */
export async function tidy(context: JobsContext, keep: KeepLimits): Promise<void> {
  const { ledger, store, clock, log } = context;
  let forgotten = 0;
  const spans: Forgetting[] = [{ endedBefore: clock.now() - keep.maxAgeMs }];
  for (const [guildId, days] of await listRetentions(ledger)) {
    spans.push({ guildId, endedBefore: clock.now() - Math.min(days * DAY_MS, keep.maxAgeMs) });
  }
  for (const span of spans) {
    for await (const rows of forgetJobs(ledger, span)) {
      forgotten += rows.jobs.length + rows.damaged.length;
      for (const { error } of rows.damaged) {
        log.warn({ job: error.job, columns: error.columns }, 'the row that was forgotten could not be read');
      }
      await dropAllOf(context, rows);
    }
    await forgetAudit(ledger, { before: span.endedBefore, ...(span.guildId && { guildId: span.guildId }) });
  }
  if (forgotten > 0) log.info({ forgotten }, 'pictures that ended long ago were forgotten');
  const needed = await listNeededNames(ledger);
  const result = await sweep(store, { ...keep, needed, now: clock.now(), graceMs: GRACE_MS });
  if (result.removed > 0) log.info(result, 'old pictures were let go');
}

/** Tidies now and every hour. @returns a function that ends it, resolving once nothing is under way. */
export function keepTidy(
  context: JobsContext,
  keep: KeepLimits,
  alsoForget: (now: number) => void = () => {},
): () => Promise<void> {
  let underWay = Promise.resolve();
  const run = () => {
    underWay = tidy(context, keep)
      .then(() => alsoForget(context.clock.now()))
      .catch((error: unknown) => context.log.warn({ err: error }, 'old pictures could not be let go'));
  };
  run();
  // A pause between two looks is no promise to anybody: the system's time is good enough.
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}
