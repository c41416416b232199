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

/** As if it had not been heard: it is heard again when it is given again. */
export async function forgetReaction(
  ledger: LedgerDatabase,
  messageId: string,
  userId: string,
): Promise<void> {
  await ledger
    .deleteFrom('heard_reactions')
    .where('message_id', '=', messageId)
    .where('user_id', '=', userId)
    .execute();
}

/** Stands for somebody whose reactions were forgotten. */
const SOMEBODY = 'somebody';

/**
 * Forgets whose reactions were heard. Under those messages they still stand, and would be new again: so it is noted that there
 * some were heard of somebody.
 */
export async function forgetReactionsOf(ledger: LedgerDatabase, userId: string): Promise<void> {
  await ledger
    .insertInto('heard_reactions')
    .columns(['message_id', 'user_id'])
    .expression(({ selectFrom, val }) =>
      selectFrom('heard_reactions')
        .select(['message_id', val(SOMEBODY).as('user_id')])
        .where('user_id', '=', userId),
    )
    .onConflict((conflict) => conflict.columns(['message_id', 'user_id']).doNothing())
    .execute();
  await ledger.deleteFrom('heard_reactions').where('user_id', '=', userId).execute();
}

/** Whether it is no longer known whose reactions to a message were heard. */
export async function areReactionsForgotten(ledger: LedgerDatabase, messageId: string): Promise<boolean> {
  const row = await ledger
    .selectFrom('heard_reactions')
    .select('message_id')
    .where('message_id', '=', messageId)
    .where('user_id', '=', SOMEBODY)
    .executeTakeFirst();
  return row !== undefined;
}
