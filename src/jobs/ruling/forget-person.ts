import { hasEnded } from '../../contracts/job.js';
import { picturesIn } from '../../contracts/paint-request.js';
import { forgetPerson } from '../../ledger/person.js';
import type { Forgotten } from '../api.js';
import type { JobsContext } from '../context.js';
import { dropFiles, dropGiven } from '../keeping/drop-file.js';
import { leaveLine } from '../line/enter-line.js';

/** See `Jobs.forget`. */
export async function forgetEverythingOf(context: JobsContext, userId: string): Promise<Forgotten> {
  const { ledger, listeners, outbox, running } = context;
  const { jobs, messages } = await ledger
    .transaction()
    .execute((transaction) => forgetPerson(transaction, userId));
  for (const job of jobs) {
    if (hasEnded(job)) continue;
    outbox.callOff(job.id);
    leaveLine(context, job.id);
    running.get(job.id)?.cancel.abort();
    listeners.emit({ type: 'state', job: { ...job, state: 'cancelled', message: null }, from: job.state });
  }
  for (const job of jobs) {
    await dropFiles(context, job);
    for (const { image } of picturesIn(job.request)) await dropGiven(context, image);
  }
  if (messages.length > 0) listeners.emit({ type: 'unwanted' });
  return { pictures: jobs.length, messages };
}
