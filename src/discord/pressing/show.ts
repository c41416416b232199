import { MessageFlags } from 'discord.js';
import { managerBehind } from '../people/person.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** 🖼️ Shows what Discord did not take when it was painted. */
export const show: Press = {
  async press(interaction, job, { jobs, staff }) {
    await jobs.showAgain(job.id, managerBehind(interaction, staff));
    await interaction.reply({ content: textFor(interaction.locale).showing, flags: MessageFlags.Ephemeral });
  },
};
