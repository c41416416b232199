import { hasEnded } from '../../contracts/job.js';
import { forgetPerson } from '../../ledger/person.js';
import type { Forgotten } from '../api.js';
import type { JobsContext } from '../context.js';
import { dropAllOf } from '../keeping/drop-file.js';
import { leaveLine } from '../line/enter-line.js';

/** See `Jobs.forget`. */
export async function forgetEverythingOf(context: JobsContext, userId: string): Promise<Forgotten> {
  const { ledger, listeners, outbox, running } = context;
  const { messages, ...rows } = await ledger
    .transaction()
    .execute((transaction) => forgetPerson(transaction, userId));
  const { jobs, damaged } = rows;
  for (const job of jobs) {
    if (hasEnded(job)) continue;
    outbox.callOff(job.id);
    leaveLine(context, job.id);
    running.get(job.id)?.cancel.abort();
    listeners.emit({ type: 'state', job: { ...job, state: 'cancelled', message: null }, from: job.state });
  }
  // What is in line or in work was read when it came to be there.
  for (const { error } of damaged) {
    outbox.callOff(error.job);
    leaveLine(context, error.job);
    running.get(error.job)?.cancel.abort();
  }
  await dropAllOf(context, rows);
  if (messages.length > 0) listeners.emit({ type: 'unwanted' });
  return { pictures: jobs.length + damaged.length, messages };
}
