import type { Job } from '../../contracts/job.js';
import { messageTrouble } from '../messages/message-errors.js';
import { linkTo } from '../showing/link-to.js';
import { textFor } from '../words/text.js';
import type { Desk } from './desk.js';

/** A reaction that came to nothing. */
interface Refused {
  readonly job: Job;
  readonly userId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly sentence: string;
}

/**
 * Tells somebody why a reaction of theirs does nothing: directly, for it is nobody else's business, or else under the
 * picture, without a ping. Reacting again and again is answered once.
 */
export async function tellReactor(refused: Refused, { messages, log }: Pick<Desk, 'messages' | 'log'>) {
  const { job, userId, channelId, messageId, sentence } = refused;
  const text = textFor(job.locale);
  // For some minutes the same nonce makes no second message.
  const nonce = `no-${job.id}`;
  const bare = { rows: [], picture: null };
  const link = linkTo(job.guildId, { channelId, messageId, createdAt: 0 });
  try {
    const direct = await messages.directChannel(userId);
    await messages.create(
      { channelId: direct, nonce },
      { ...bare, content: text.notOnReaction(link, sentence) },
    );
  } catch (error) {
    if (!['closed', 'forbidden'].includes(messageTrouble(error).kind)) throw error;
    log.debug({ job: job.id, user: userId }, 'takes no direct messages');
    const content = `-# <@${userId}>: ${sentence}`;
    await messages.create({ channelId, nonce, replyTo: messageId }, { ...bare, content });
  }
}
