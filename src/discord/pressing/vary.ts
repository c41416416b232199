import { refused } from '../../contracts/refusal.js';
import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import type { Press } from './press.js';

/** 🎨 Another picture that begins with this one. */
export const vary: Press = {
  async press(interaction, { id, request, result }, desk) {
    if (result === null || (await desk.jobs.picture(id)) === undefined) throw refused('noPictureKept');
    const varied = await desk.requests.variation(request, result.sha256);
    await acceptAndAnswer(interaction, { request: varied, parentJob: id }, desk);
  },
};
