import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import type { Press } from './press.js';

/** 🔁 The same wish with another seed. */
export const again: Press = {
  async press(interaction, { id, request }, desk) {
    await acceptAndAnswer(interaction, { request: await desk.requests.again(request), parentJob: id }, desk);
  },
};
