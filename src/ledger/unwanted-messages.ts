import type { MessageRef } from '../contracts/job.js';
import type { LedgerDatabase } from './schema.js';

/** Messages of people who had everything deleted that still stand in Discord, the oldest first. */
export async function listUnwantedMessages(ledger: LedgerDatabase): Promise<MessageRef[]> {
  const rows = await ledger.selectFrom('unwanted_messages').selectAll().orderBy('created_at').execute();
  return rows.map(({ channel_id: channelId, message_id: messageId, created_at: createdAt }) => ({
    ...{ channelId, messageId, createdAt },
  }));
}

/** Notes that one was taken away, or cannot be. */
export async function forgetUnwantedMessage(ledger: LedgerDatabase, messageId: string): Promise<void> {
  await ledger.deleteFrom('unwanted_messages').where('message_id', '=', messageId).execute();
}
