import type { MessageRef } from '../../contracts/job.js';
import type { Logger } from '../../log.js';
import type { Messages } from './messages.js';

/** Takes messages away one after the other, at the pace Discord allows; one that cannot be is left, the others go on. */
export async function deleteAll(
  refs: readonly MessageRef[],
  messages: Pick<Messages, 'delete'>,
  log: Logger,
): Promise<void> {
  let left = 0;
  for (const ref of refs) {
    try {
      await messages.delete(ref);
    } catch {
      left += 1;
    }
  }
  if (left > 0) log.warn({ left, of: refs.length }, 'messages could not be taken away');
}
