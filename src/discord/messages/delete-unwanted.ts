import type { Jobs } from '../../jobs/api.js';
import type { Logger } from '../../log.js';
import { messageTrouble } from './message-errors.js';
import type { Messages } from './messages.js';

interface Taking {
  readonly jobs: Pick<Jobs, 'unwantedMessages' | 'messageTakenAway'>;
  readonly messages: Pick<Messages, 'delete'>;
  readonly log: Logger;
  /** Ends it between two messages; the rest goes at the next start. */
  readonly signal: AbortSignal;
}

/**
 * Takes away the messages of people who had everything deleted, and copies of pictures that were taken away, one after the other, at the pace Discord allows. What is left
 * when the bot stops, or Discord is away, goes at the next start; one that cannot be taken away is let be.
 */
export async function deleteUnwanted({ jobs, messages, log, signal }: Taking): Promise<void> {
  let left = 0;
  for (const ref of await jobs.unwantedMessages()) {
    if (signal.aborted) return;
    try {
      await messages.delete(ref);
    } catch (error) {
      left += 1;
      if (['later', 'limited'].includes(messageTrouble(error).kind)) continue;
    }
    if (signal.aborted) return;
    await jobs.messageTakenAway(ref.messageId);
  }
  if (left > 0) log.warn({ left }, 'messages could not be taken away');
}
