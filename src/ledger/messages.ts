import type { Job, MessageRef } from '../contracts/job.js';
import { toJob } from './job-row.js';
import type { LedgerDatabase } from './schema.js';

/**
 * Notes a message that shows a job; the job's `message` becomes the newest one noted.
 *
 * @returns the job as it then is; undefined when there is none. Call it in a transaction.
 */
export async function insertMessage(
  ledger: LedgerDatabase,
  jobId: string,
  message: MessageRef,
): Promise<Job | undefined> {
  const row = await ledger.selectFrom('jobs').selectAll().where('id', '=', jobId).executeTakeFirst();
  if (row === undefined) return undefined;
  await ledger
    .insertInto('job_messages')
    .values({
      message_id: message.messageId,
      channel_id: message.channelId,
      job_id: jobId,
      created_at: message.createdAt,
    })
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute();
  const known = toJob(row);
  if (known.message !== null && known.message.createdAt > message.createdAt) return known;
  await ledger
    .updateTable('jobs')
    .set({ message: JSON.stringify(message) })
    .where('id', '=', jobId)
    .execute();
  return { ...known, message };
}

/** The job that a message of any age shows or showed. */
export async function findJobByMessage(ledger: LedgerDatabase, messageId: string): Promise<Job | undefined> {
  const row = await ledger
    .selectFrom('jobs')
    .innerJoin('job_messages', 'job_messages.job_id', 'jobs.id')
    .selectAll('jobs')
    .where('job_messages.message_id', '=', messageId)
    .executeTakeFirst();
  return row && toJob(row);
}
