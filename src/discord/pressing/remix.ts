import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import { PROMPT_LIMITS } from '../../requests/prompt-limits.js';
import { readTyped } from '../../requests/habits.js';
import type { Job } from '../../contracts/job.js';
import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import { formatButtonId } from '../asking/custom-id.js';
import { tellUnknownWords } from '../asking/tell-unknown-words.js';
import type { Text } from '../words/text.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

const OPTIONS_LENGTH = 200;

/** ✏️ A form with prompt and options as they were; what comes back is painted. */
export const remix: Press = {
  press: (interaction, job) => interaction.showModal(form(job, textFor(interaction.locale))),

  async submit(interaction, { id, request }, desk) {
    const [prompt, options] = ['prompt', 'options'].map((name) =>
      interaction.fields.getTextInputValue(name).trim(),
    );
    const typed = readTyped(`${prompt} ${options}`);
    const rules = await desk.jobs.rules({ guildId: interaction.guildId });
    const remixed = await desk.requests.remix(request, typed, rules);
    await acceptAndAnswer(interaction, { request: remixed, parentJob: id }, desk);
    await tellUnknownWords(interaction, { prompts: typed.prompts, model: remixed.model }, desk);
  },
};

function form({ id, request }: Job, text: Text): APIModalInteractionResponseCallbackData {
  const prompt = formatPrompts(request.prompts);
  return {
    custom_id: formatButtonId({ verb: 'remix', jobId: id }),
    title: text.remix.title,
    components: [
      {
        type: ComponentType.Label,
        label: text.remix.prompt,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'prompt',
          style: TextInputStyle.Paragraph,
          // A prompt that came in pieces may be longer than one that is typed.
          value: prompt.length <= PROMPT_LIMITS.characters ? prompt : '',
          max_length: PROMPT_LIMITS.characters,
          required: true,
        },
      },
      {
        type: ComponentType.Label,
        label: text.remix.options,
        description: text.remix.hint,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'options',
          style: TextInputStyle.Short,
          value: `--seed ${request.seed} --steps ${request.steps}`,
          max_length: OPTIONS_LENGTH,
          required: false,
        },
      },
    ],
  };
}
