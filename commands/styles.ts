import { join } from 'node:path';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { shorten } from '../src/discord/words/markdown.js';
import { offered } from '../src/discord/words/offered.js';
import { titleOf } from '../src/discord/words/style-title.js';
import { textFor } from '../src/discord/words/text.js';
import { packageRoot } from '../src/package-root.js';
import { STYLES } from '../src/requests/styles.js';

/** One prompt in every style, as the built-in model paints it: made by `npm run docs:features`. */
const SHEET = join(packageRoot(), 'models', 'styles.webp');

/** `/styles`: the manners of painting that can be asked for by name. */
export const styles: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('styles'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },

  async execute(interaction) {
    const { stylesHead, stylesUse, stylesSheet } = textFor(interaction.locale);
    const names = Object.keys(STYLES).map((name) => `${titleOf(name, interaction.locale)} \`${name}\``);
    // In one paragraph, so that the sheet below it can be seen as well.
    const content = shorten(
      [stylesHead, names.join(' · '), `-# ${stylesUse}`].join('\n'),
      POST_LIMITS.content,
    );
    const files = [{ attachment: SHEET, name: 'styles.webp', description: stylesSheet }];
    await interaction.reply({ content, files, flags: MessageFlags.Ephemeral });
  },
};
