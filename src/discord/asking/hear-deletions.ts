import {
  type Client,
  GatewayDispatchEvents,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
} from 'discord.js';
import type { Jobs } from '../../jobs/api.js';
import type { Logger } from '../../log.js';

export interface DeletionsOptions {
  readonly client: Client;
  readonly jobs: Pick<Jobs, 'messageDeleted'>;
  readonly log: Logger;
  /** What happens before this resolves waits for it. */
  readonly opened: Promise<void>;
}

/**
 * Hears of messages that somebody deletes, so that what they showed stays gone. It takes the raw events, because
 * discord.js tells of messages it remembers only.
 *
 * @returns a function that ends it and waits for what is under way.
 */
export function hearDeletions({ client, jobs, log, opened }: DeletionsOptions): () => Promise<void> {
  const underWay = new Set<Promise<void>>();

  async function take(messageId: string): Promise<void> {
    const job = await jobs.messageDeleted(messageId);
    if (job) log.info({ job: job.id }, 'its message was deleted, and it with it');
  }

  function hear(messageId: string): void {
    const work = opened
      .then(() => take(messageId))
      .catch((error) => log.error({ err: error, message: messageId }, 'a deletion was not followed'))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  const onOne = ({ id }: GatewayMessageDeleteDispatchData) => hear(id);
  const onMany = ({ ids }: GatewayMessageDeleteBulkDispatchData) => ids.forEach(hear);
  client.ws.on(GatewayDispatchEvents.MessageDelete, onOne);
  client.ws.on(GatewayDispatchEvents.MessageDeleteBulk, onMany);
  return async () => {
    client.ws.off(GatewayDispatchEvents.MessageDelete, onOne);
    client.ws.off(GatewayDispatchEvents.MessageDeleteBulk, onMany);
    await Promise.all(underWay);
  };
}
