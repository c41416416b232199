import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import { offered } from '../src/discord/words/offered.js';
import { textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';

const subcommand = { type: ApplicationCommandOptionType.Subcommand } as const;

/** `/privacy`: what is kept of somebody, for them to have or to have deleted. */
export const privacy: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('privacy'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      { ...subcommand, ...offered('privacy export') },
      {
        ...subcommand,
        ...offered('privacy delete'),
        options: [{ type: ApplicationCommandOptionType.Boolean, ...offered('privacy sure'), required: true }],
      },
    ],
  },

  async execute(interaction, { jobs, log }) {
    const text = textFor(interaction.locale);
    const { id: userId } = interaction.user;
    const isDeletion = interaction.options.getSubcommand() === 'delete';
    if (isDeletion && interaction.options.getBoolean('sure') !== true) throw new UserError(text.notSure);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    if (isDeletion) {
      const forgotten = await jobs.forget(userId);
      log.info({ pictures: forgotten.pictures }, 'everything of a person was deleted');
      const content = text.forgotten({ pictures: forgotten.pictures, messages: forgotten.messages.length });
      return void (await interaction.editReply({ content }));
    }
    const data = JSON.stringify(await jobs.export(userId), null, 2);
    const file = { attachment: Buffer.from(data), name: 'easel-export.json' };
    await interaction.editReply({ content: text.exported, files: [file] });
  },
};
