import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import type { Press } from './press.js';

/** 🔁 Just the same, where it did not work the first time. */
export const retry: Press = {
  press: (interaction, { id, request }, desk) =>
    acceptAndAnswer(interaction, { request, parentJob: id }, desk),
};
