import { UserError } from '../../errors.js';
import { enlargedFrom } from '../../requests/derive-request.js';
import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** 🔍 The same picture, enlarged by the network: from where its last state was kept, it is painted to its end again. */
export const enlarge: Press = {
  async press(interaction, { id, request, savedState }, desk) {
    const larger = enlargedFrom(request);
    if (larger === undefined) throw new UserError(textFor(interaction.locale).isLargest);
    const order = { request: larger, parentJob: id, ...(savedState !== null && { savedState }) };
    await acceptAndAnswer(interaction, order, desk);
  },
};
