import type { Job, MessageRef } from '../contracts/job.js';
import { toJob } from './job-row.js';
import { findJob } from './jobs.js';
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

/**
 * Notes a message that shows a job's picture besides its own: a copy in a gallery, a film. It goes with the picture: one
 * whose job is forgotten already is noted as unwanted.
 *
 * @returns whether it is wanted. Call it in a transaction.
 */
export async function insertCopy(
  ledger: LedgerDatabase,
  jobId: string,
  message: MessageRef,
): Promise<boolean> {
  const job = await findJob(ledger, jobId);
  const isWanted = job !== undefined && job.request.prompts.length > 0;
  const { messageId: message_id, channelId: channel_id, createdAt: created_at } = message;
  const row = { message_id, channel_id, created_at };
  const insert = isWanted
    ? ledger.insertInto('job_messages').values({ ...row, job_id: jobId })
    : ledger.insertInto('unwanted_messages').values(row);
  await insert.onConflict((conflict) => conflict.column('message_id').doNothing()).execute();
  return isWanted;
}

/**
 * Notes every message of a job but its own as one that is to be taken away.
 *
 * @returns whether there were any. Call it in a transaction.
 */
export async function unwantCopies(ledger: LedgerDatabase, { id, message }: Job): Promise<boolean> {
  const copies = await ledger
    .deleteFrom('job_messages')
    .where('job_id', '=', id)
    .where('message_id', '!=', message?.messageId ?? '')
    .returning(['message_id', 'channel_id', 'created_at'])
    .execute();
  if (copies.length === 0) return false;
  await ledger
    .insertInto('unwanted_messages')
    .values(copies)
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute();
  return true;
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
