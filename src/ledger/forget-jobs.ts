import { ENDED_STATES } from '../contracts/job.js';
import type { Ledger } from './open-ledger.js';

/** So many rows at a time: in between, others get at the ledger. */
const AT_ONCE = 500;

/**
 * Takes the rows away of jobs that ended before a moment (epoch ms) and have been shown, with what is known of their
 * messages. What moderators did stays.
 *
 * @returns how many.
 */
export async function forgetJobs(ledger: Ledger, endedBefore: number): Promise<number> {
  for (let forgotten = 0; ; ) {
    const rows = await ledger
      .selectFrom('jobs')
      .select('id')
      .where('state', 'in', ENDED_STATES)
      .where('announced', '=', 1)
      .where('ended_at', '<', endedBefore)
      .limit(AT_ONCE)
      .execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return forgotten;
    await ledger.transaction().execute(async (transaction) => {
      await transaction
        .deleteFrom('heard_reactions')
        .where('message_id', 'in', ({ selectFrom }) =>
          selectFrom('job_messages').select('job_messages.message_id').where('job_id', 'in', ids),
        )
        .execute();
      await transaction.deleteFrom('job_messages').where('job_id', 'in', ids).execute();
      await transaction.deleteFrom('jobs').where('id', 'in', ids).execute();
    });
    forgotten += ids.length;
  }
}
