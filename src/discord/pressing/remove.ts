import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { Job, MessageRef } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import { messageRef } from '../messages/messages.js';
import { mayDelete } from '../people/permissions.js';
import { managerBehind } from '../people/person.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** Under a moderator's look at a picture the button means the picture's own message. */
function shownIn({ message, channelId }: ButtonInteraction, job: Job): MessageRef {
  const isPrivate = message.flags.has(MessageFlags.Ephemeral);
  return isPrivate && job.message ? job.message : messageRef(channelId, message.id);
}

/** ❌ Takes a picture and its message away. */
export const remove: Press = {
  async press(interaction, job, { jobs, staff, messages, log }) {
    const text = textFor(interaction.locale);
    const actor = managerBehind(interaction, staff);
    if (!mayDelete(job, actor)) throw new UserError(text.notYoursToDelete);
    await jobs.discard(job.id, actor);
    // The message goes last, since the answer refers to it, but whatever becomes of the answer.
    try {
      await interaction.reply({ content: text.deleted, flags: MessageFlags.Ephemeral });
    } finally {
      await messages.delete(shownIn(interaction, job));
    }
    log.info({ job: job.id, by: actor.userId, role: actor.role }, 'picture deleted');
  },
};
