import { MessageFlags } from 'discord.js';
import { managerBehind } from '../people/person.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** ❌ Takes back what waits or is being painted. */
export const cancel: Press = {
  async press(interaction, job, { jobs, staff }) {
    const text = textFor(interaction.locale);
    const { state } = await jobs.cancel(job.id, managerBehind(interaction, staff));
    const content = state === 'cancelled' ? text.cancelDone : text.cancelTooLate;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },
};
