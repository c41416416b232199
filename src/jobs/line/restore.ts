import { listJobs, listLastTurns, listUnannounced } from '../../ledger/job-lists.js';
import { endUnreadable, listStateless } from '../../ledger/repair-jobs.js';
import { listPausedScopes, listUnreadableSettings } from '../../ledger/settings.js';
import type { UnreadableRow } from '../../ledger/unreadable-row.js';
import type { JobsContext } from '../context.js';
import { holdBack } from '../ruling/rule-line.js';
import { enterLine } from './enter-line.js';

/** Rebuilds from rows what a process that is gone had in memory: pauses, the line in its order, ends to be shown. */
export async function restore(context: JobsContext): Promise<void> {
  const { ledger, outbox, log } = context;
  for (const { scope, name } of await listUnreadableSettings(ledger)) {
    log.error({ scope, name }, 'a setting cannot be read, and holds for nobody; set it anew');
  }
  for (const scope of await listPausedScopes(ledger)) holdBack(context, scope, true);

  const unreadable = await listStateless(ledger);
  const note = (row: UnreadableRow) => unreadable.push(row);
  const painting = await listJobs(ledger, 'painting', note);
  for (const job of painting) enterLine(context, job);

  const turns = new Map<string, number>();
  for (const { userId, priority, turn } of await listLastTurns(ledger))
    turns.set(`${priority} ${userId}`, turn);
  const queued = await listJobs(ledger, 'queued', note);
  for (const job of queued) enterLine(context, job, turns.get(`${job.priority} ${job.turnOf}`));

  const finishing = await listJobs(ledger, 'finishing', note);
  await listUnannounced(ledger, note);
  for (const row of unreadable) await endNaming(context, row);
  const unshown = [...finishing, ...(await listUnannounced(ledger, () => undefined))];
  for (const job of unshown) outbox.send(job);
  if (painting.length + queued.length + unshown.length === 0) return;
  log.info(
    { painting: painting.length, queued: queued.length, unshown: unshown.length },
    'jobs of an earlier process go on',
  );
}

/** Ends a job whose row cannot be read: nobody can paint it, and whoever waits for it is told. */
async function endNaming(context: JobsContext, row: UnreadableRow): Promise<void> {
  const { ledger, log, clock } = context;
  nameUnreadable(context, row);
  if (await endUnreadable(ledger, row, clock.now())) return;
  log.error({ job: row.job }, 'the row cannot be mended either; its message stays as it is');
}

/** Says in the log which row cannot be read, and why; operators find it in `/queue`. */
export function nameUnreadable({ log, unreadable }: JobsContext, { job, columns }: UnreadableRow): void {
  unreadable.add(job);
  log.error({ job, columns }, 'the row of a job cannot be read');
}
