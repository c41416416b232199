import { ENDED_STATES } from '../contracts/job.js';
import { type SortedRows, sortRows } from './job-row.js';
import type { Ledger } from './open-ledger.js';

/** So many rows at a time: in between, others get at the ledger. */
const AT_ONCE = 500;

/** Which jobs are forgotten: those that ended before a moment, of one guild when named. */
export interface Forgetting {
  /** Epoch ms. */
  readonly endedBefore: number;
  readonly guildId?: string;
}

/**
 * Takes the rows away of jobs that ended before a moment and have been shown, with what is known of their messages. What
 * moderators did stays.
 *
 * @returns the rows as they were, so many at a time.
 */
export async function* forgetJobs(
  ledger: Ledger,
  { endedBefore, guildId }: Forgetting,
): AsyncGenerator<SortedRows> {
  for (;;) {
    let query = ledger
      .selectFrom('jobs')
      .selectAll()
      .where('state', 'in', ENDED_STATES)
      .where('announced', '=', 1)
      .where('ended_at', '<', endedBefore)
      .limit(AT_ONCE);
    if (guildId !== undefined) query = query.where('guild_id', '=', guildId);
    const rows = await query.execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return;
    await ledger.transaction().execute(async (transaction) => {
      const messages = transaction.selectFrom('job_messages').select('message_id').where('job_id', 'in', ids);
      await transaction.deleteFrom('heard_reactions').where('message_id', 'in', messages).execute();
      await transaction.deleteFrom('job_messages').where('job_id', 'in', ids).execute();
      await transaction.deleteFrom('jobs').where('id', 'in', ids).execute();
    });
    yield sortRows(rows);
  }
}
