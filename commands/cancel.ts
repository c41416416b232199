import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import { livingChoices } from '../src/discord/asking/job-choices.js';
import { managerBehind } from '../src/discord/people/person.js';
import { offered } from '../src/discord/words/offered.js';
import { textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';

/** `/cancel [job]`: takes one's own picture back. */
export const cancel: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('cancel'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...offered('cancel job'),
        autocomplete: true,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, { jobs, staff }) {
    const text = textFor(interaction.locale);
    const { id: userId } = interaction.user;
    const named = interaction.options.getString('job');
    const [only, ...others] = named === null ? jobs.living(userId).map(({ id }) => id) : [named];
    if (only === undefined) throw new UserError(text.nothingToCancel);
    if (others.length > 0) throw new UserError(text.whichToCancel);
    const job = await jobs.cancel(only, managerBehind(interaction, staff));
    const content = job.state === 'cancelled' ? text.cancelDone : text.cancelTooLate;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },

  async complete(interaction, { jobs }) {
    const typed = interaction.options.getFocused();
    await interaction.respond(livingChoices(jobs, interaction.user.id, typed));
  },
};
