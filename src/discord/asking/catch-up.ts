import type { Client } from 'discord.js';
import { messageTrouble } from '../messages/message-errors.js';
import { REACTIONS } from '../showing/publisher.js';
import type { Desk } from './desk.js';
import { hearReaction } from './hear-reaction.js';

/** On how many of the newest pictures reactions are looked for. */
const LOOKED_AT = 50;

/** Hears the 🔁 that people gave while the bot was away; one that was heard before, whatever came of it, is not heard again. */
export async function catchUp(client: Client<true>, desk: Desk, signal: AbortSignal): Promise<void> {
  for (const { id, guildId, message } of await desk.jobs.latest(LOOKED_AT)) {
    if (message === null || (await desk.jobs.areReactionsForgotten(message.messageId))) continue;
    try {
      for (const user of await desk.messages.reactors(message, REACTIONS.again)) {
        if (signal.aborted) return;
        const isNew = !user.bot && (await desk.jobs.noteReaction(message.messageId, user.id));
        if (!isNew) continue;
        const { channelId, messageId } = message;
        const reaction = {
          ...{ user_id: user.id, channel_id: channelId, message_id: messageId },
          ...(guildId !== null && { guild_id: guildId }),
          emoji: { id: null, name: REACTIONS.again },
          ...{ burst: false, type: 0 },
        };
        await hearReaction(reaction, client, desk);
      }
    } catch (error) {
      // A message that is gone, or that we may not see any more, has nothing to tell.
      const { kind } = messageTrouble(error);
      if (kind === 'later') desk.log.warn({ err: error, job: id }, 'reactions could not be looked for');
    }
  }
}
