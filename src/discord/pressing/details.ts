import { MessageFlags } from 'discord.js';
import { describeDetails } from '../showing/describe-details.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** ℹ️ Everything that is known of how a picture came to be. */
export const details: Press = {
  async press(interaction, job) {
    const content = describeDetails(job, textFor(interaction.locale));
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },
};
