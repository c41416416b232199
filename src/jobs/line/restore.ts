import { listJobs, listLastTurns, listUnannounced } from '../../ledger/job-lists.js';
import { listPausedScopes } from '../../ledger/settings.js';
import type { JobsContext } from '../context.js';
import { holdBack } from '../ruling/rule-line.js';
import { enterLine } from './enter-line.js';

/** Rebuilds from rows what a process that is gone had in memory: pauses, the line in its order, ends to be shown. */
export async function restore(context: JobsContext): Promise<void> {
  const { ledger, outbox, log } = context;
  for (const scope of await listPausedScopes(ledger)) holdBack(context, scope, true);

  const painting = await listJobs(ledger, 'painting');
  for (const job of painting) enterLine(context, job);

  const turns = new Map<string, number>();
  for (const { userId, priority, turn } of await listLastTurns(ledger))
    turns.set(`${priority} ${userId}`, turn);
  const queued = await listJobs(ledger, 'queued');
  for (const job of queued) enterLine(context, job, turns.get(`${job.priority} ${job.userId}`));

  const unshown = [...(await listJobs(ledger, 'finishing')), ...(await listUnannounced(ledger))];
  for (const job of unshown) outbox.send(job);
  if (painting.length + queued.length + unshown.length === 0) return;
  log.info(
    { painting: painting.length, queued: queued.length, unshown: unshown.length },
    'jobs of an earlier process go on',
  );
}
