import { UserError } from '../../errors.js';
import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** ➕ Goes on with the very same painting: to its end where somebody finished it early, else with more steps. */
export const more: Press = {
  async press(interaction, { id, request, result, savedState }, desk) {
    const rules = await desk.jobs.rules({ guildId: interaction.guildId });
    const longer = result?.ended === 'cancelled' ? request : desk.requests.more(request, rules);
    if (longer === undefined) throw new UserError(textFor(interaction.locale).mostSteps(request.steps));
    const order = { request: longer, parentJob: id, ...(savedState !== null && { savedState }) };
    await acceptAndAnswer(interaction, order, desk);
  },
};
