import { MessageFlags } from 'discord.js';
import { managerBehind } from '../people/person.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** 🏁 Takes the painting as it is now. */
export const finish: Press = {
  async press(interaction, job, { jobs, staff }) {
    await jobs.finishNow(job.id, managerBehind(interaction, staff));
    const { finishing } = textFor(interaction.locale);
    await interaction.reply({ content: finishing, flags: MessageFlags.Ephemeral });
  },
};
