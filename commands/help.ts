import {
  type ActionRowData,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  type InteractionButtonComponentData,
  MessageFlags,
  PermissionsBitField,
} from 'discord.js';
import { acceptAndAnswer } from '../src/discord/asking/accept-and-answer.js';
import type { Command } from '../src/discord/asking/command.js';
import { formatCommandId } from '../src/discord/asking/custom-id.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { shorten } from '../src/discord/words/markdown.js';
import { isOffered, offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';
import { readTyped } from '../src/requests/habits.js';

/** How many prompts are suggested; a row of buttons has room for five. */
const SUGGESTED = 5;
/** Longer ones do not fit into a button's id. */
const LONGEST = 80;
const TRY = 'try ';

/** `/help`: how to ask for pictures, with something to try at once. */
export const help: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('help'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },

  async execute(interaction, desk) {
    const text = textFor(interaction.locale);
    const { memberPermissions } = interaction;
    const commands = desk.commands.filter(({ default_member_permissions: needed }) => {
      const isOpen = needed === undefined || needed === null;
      return isOpen || memberPermissions?.has(new PermissionsBitField(BigInt(needed))) === true;
    });
    const content = shorten(
      [text.help.intro, text.help.prompts, text.help.buttons, listOf(commands, text)].join('\n\n'),
      POST_LIMITS.content,
    );
    const components = await suggestionRow(desk);
    await interaction.reply({ content, components, flags: MessageFlags.Ephemeral });
  },

  async press(interaction, wish, desk) {
    if (!wish.startsWith(TRY) || !interaction.isButton()) {
      throw new UserError(textFor(interaction.locale).unknownButton);
    }
    const { prompts } = readTyped(wish.slice(TRY.length));
    const rules = await desk.jobs.rules({ guildId: interaction.guildId });
    await acceptAndAnswer(interaction, { request: await desk.requests.compose({ prompts }, rules) }, desk);
  },
};

function listOf(commands: Desk['commands'], text: Text): string {
  const lines = commands
    .map(({ name }) => name)
    .filter(isOffered)
    .map((key) => `- \`/${text.offer[key].name}\` ${text.offer[key].description}`);
  return [text.help.commands, ...lines].join('\n');
}

/** Buttons that paint what the model is good at. */
async function suggestionRow({ requests }: Desk): Promise<ActionRowData<InteractionButtonComponentData>[]> {
  const [model] = await requests.models();
  const prompts = (model?.suggestions ?? []).filter((prompt) => prompt.length <= LONGEST).slice(0, SUGGESTED);
  if (prompts.length === 0) return [];
  const components = prompts.map((prompt) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: prompt,
    customId: formatCommandId({ command: 'help', wish: `${TRY}${prompt}` }),
  }));
  return [{ type: ComponentType.ActionRow, components }];
}
