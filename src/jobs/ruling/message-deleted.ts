import { ENDED_STATES, type Job } from '../../contracts/job.js';
import { moveJob, noteJob } from '../../ledger/jobs.js';
import { findJobByMessage, unwantCopies } from '../../ledger/messages.js';
import type { JobsContext } from '../context.js';
import { persist } from '../keeping/persist.js';
import { leaveLine } from '../line/enter-line.js';
import { dropFiles } from '../keeping/drop-file.js';
import { FORGOTTEN } from './control.js';

/** See `Jobs.messageDeleted`. */
export async function messageDeleted(context: JobsContext, messageId: string): Promise<Job | undefined> {
  const { ledger, clock, listeners, outbox, running } = context;
  const before = await findJobByMessage(ledger, messageId);
  // An older message of the job, or one that we took away ourselves when its picture was discarded.
  if (before?.message?.messageId !== messageId || before.request.prompts.length === 0) return undefined;
  const end = { to: 'cancelled', reason: { kind: 'messageGone' }, result: null, announced: true } as const;
  const { cancelled, hasCopies } = await persist(context, () =>
    ledger.transaction().execute(async (transaction) => {
      const moved = await moveJob(transaction, before.id, { ...end, endedAt: clock.now() });
      await noteJob(transaction, before.id, { states: ENDED_STATES, note: FORGOTTEN });
      return { cancelled: moved, hasCopies: await unwantCopies(transaction, before) };
    }),
  );
  outbox.callOff(before.id);
  leaveLine(context, before.id);
  running.get(before.id)?.cancel.abort();
  if (cancelled !== undefined) listeners.emit({ type: 'state', job: cancelled, from: before.state });
  await dropFiles(context, before);
  if (hasCopies) listeners.emit({ type: 'unwanted' });
  return before;
}
