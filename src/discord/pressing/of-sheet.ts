import type { PaintRequest } from '../../contracts/paint-request.js';
import { refused } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { enlargedFrom } from '../../requests/derive-request.js';
import { begunBy, oneOfSheet } from '../../requests/sheet.js';
import { acceptAndAnswer } from '../asking/accept-and-answer.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** U: the picture of a sheet by itself, large. Its seed is known, so it is painted again. */
export const chosen = (index: number): Press => ({
  async press(interaction, { id, request, result }, desk) {
    if (!isOnSheet(index, request, result?.step))
      throw new UserError(textFor(interaction.locale).unknownButton);
    const only = oneOfSheet(request, index);
    await acceptAndAnswer(interaction, { request: enlargedFrom(only) ?? only, parentJob: id }, desk);
  },
});

/** V: a sheet of pictures that begin with this one. */
export const varied = (index: number): Press => ({
  async press(interaction, { id, request, result }, desk) {
    const { count } = request;
    if (count === undefined || !isOnSheet(index, request, result?.step)) {
      throw new UserError(textFor(interaction.locale).unknownButton);
    }
    const sheet = await desk.jobs.picture(id);
    if (sheet === undefined) throw refused('noPictureKept');
    const name = await desk.jobs.keepPicture(await desk.cutFromSheet(sheet, { index, count }));
    const variation = await desk.requests.variation(request, name);
    await acceptAndAnswer(interaction, { request: variation, parentJob: id }, desk);
  },
});

function isOnSheet(index: number, request: PaintRequest, step: number | undefined): boolean {
  return request.count !== undefined && step !== undefined && index < begunBy(step, request);
}
