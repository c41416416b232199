import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { LIMITS } from '../src/contracts/paint-request.js';
import { acceptAndAnswer } from '../src/discord/asking/accept-and-answer.js';
import type { Command } from '../src/discord/asking/command.js';
import { ASPECTS, QUALITIES } from '../src/discord/asking/wish.js';

const choices = (values: readonly string[]) => values.map((value) => ({ name: value, value }));

/** `/imagine`: a prompt becomes a picture. */
export const imagine: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'imagine',
    description: 'Paint a picture of what you describe',
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'prompt',
        description: 'What to paint; several with weights: a castle | a sunset:0.5 | fog:-0.3',
        required: true,
        max_length: LIMITS.promptCharacters,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'aspect',
        description: 'The shape of the picture (square)',
        choices: choices(ASPECTS),
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'quality',
        description: 'How much work goes into it (normal)',
        choices: choices(QUALITIES),
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'steps',
        description: 'How many steps exactly, instead of a quality',
        min_value: LIMITS.steps.min,
        max_value: LIMITS.steps.max,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'seed',
        description: 'The same seed, prompt and settings give the same picture (random)',
        min_value: LIMITS.seed.min,
        max_value: LIMITS.seed.max,
      },
    ],
  },

  async execute(interaction, desk) {
    const { options } = interaction;
    const request = desk.compose({
      prompt: options.getString('prompt', true),
      // Discord offers only these values, and the request is checked as a whole.
      aspect: ASPECTS.find((aspect) => aspect === options.getString('aspect')),
      quality: QUALITIES.find((quality) => quality === options.getString('quality')),
      steps: options.getInteger('steps') ?? undefined,
      seed: options.getInteger('seed') ?? undefined,
    });
    await acceptAndAnswer(interaction, { request }, desk);
  },
};
