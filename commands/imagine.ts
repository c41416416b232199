import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { acceptAndAnswer } from '../src/discord/asking/accept-and-answer.js';
import type { Command } from '../src/discord/asking/command.js';
import { MODEL_OPTION, modelChoices } from '../src/discord/asking/model-choices.js';
import { takePictures } from '../src/discord/asking/take-pictures.js';
import { tellUnknownWords } from '../src/discord/asking/tell-unknown-words.js';
import { givenIn, shownAs, slashOptions } from '../src/discord/asking/slash-options.js';
import { withDefaults } from '../src/discord/asking/with-defaults.js';
import { offered } from '../src/discord/words/offered.js';
import { textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';
import { COUNT } from '../src/requests/options.js';
import { PROMPT_LIMITS } from '../src/requests/prompt-limits.js';
import { readTyped } from '../src/requests/habits.js';

/** `/imagine`: a prompt becomes a picture. */
export const imagine: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('imagine'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...offered('imagine prompt'),
        required: true,
        max_length: PROMPT_LIMITS.characters,
      },
      ...slashOptions(),
      {
        type: ApplicationCommandOptionType.Integer,
        ...offered('imagine count'),
        min_value: COUNT.min,
        max_value: COUNT.max,
      },
      {
        type: ApplicationCommandOptionType.String,
        ...offered('imagine model'),
        autocomplete: true,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, desk) {
    const { prompts, given, count: typedCount } = readTyped(interaction.options.getString('prompt', true));
    const model = interaction.options.getString(MODEL_OPTION) ?? undefined;
    const asked = { ...given, ...givenIn(interaction.options), ...(model !== undefined && { model }) };
    const count = interaction.options.getInteger('count') ?? typedCount;
    const preferences = await desk.preferences.find(interaction.user.id);
    const models = (await desk.requests.models()).map(({ name }) => name);
    const wish = { ...withDefaults(asked, preferences, models), prompts };
    if (wish.strength !== undefined && interaction.options.getAttachment(shownAs('init')) === null) {
      throw new UserError(textFor(interaction.locale).strengthAlone);
    }
    const pictures = await takePictures(interaction, desk);
    const rules = await desk.jobs.rules({ guildId: interaction.guildId });
    const request = await desk.requests.compose({ ...wish, ...pictures, count }, rules);
    await acceptAndAnswer(interaction, { request }, desk);
    await tellUnknownWords(interaction, { prompts, model: request.model }, desk);
  },

  async complete(interaction, { requests }) {
    const models = await requests.models();
    await interaction.respond(modelChoices(models, interaction.options.getFocused()));
  },
};
