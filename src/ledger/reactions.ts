import type { LedgerDatabase } from './schema.js';

/** Notes that a person's reaction to a message was heard. @returns whether it was not before. */
export async function noteReaction(
  ledger: LedgerDatabase,
  messageId: string,
  userId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await ledger
    .insertInto('heard_reactions')
    .values({ message_id: messageId, user_id: userId })
    .onConflict((conflict) => conflict.columns(['message_id', 'user_id']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}
