import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import { acceptAndAnswer } from './accept-and-answer.js';
import { type ButtonVerb, parseButtonId } from './custom-id.js';
import type { Desk } from './desk.js';
import { messageRef } from '../messages/messages.js';
import { actorFor, mayDelete } from '../people/permissions.js';
import { personOf } from '../people/person.js';
import { textFor } from '../words/text.js';

type Press = (interaction: ButtonInteraction, job: Job, desk: Desk) => Promise<void>;

const PRESSES = {
  again: async (interaction, { id, request }, desk) =>
    acceptAndAnswer(interaction, { request: await desk.requests.again(request), parentJob: id }, desk),

  retry: (interaction, { id, request }, desk) =>
    acceptAndAnswer(interaction, { request, parentJob: id }, desk),

  async cancel(interaction, job, desk) {
    const text = textFor(interaction.locale);
    const after = await desk.jobs.cancel(
      job.id,
      actorFor(personOf(interaction), desk.staff, 'ManageMessages'),
    );
    const content = after.state === 'cancelled' ? text.cancelDone : text.cancelTooLate;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },

  async show(interaction, job, desk) {
    const text = textFor(interaction.locale);
    await desk.jobs.showAgain(job.id, actorFor(personOf(interaction), desk.staff, 'ManageMessages'));
    await interaction.reply({ content: text.showing, flags: MessageFlags.Ephemeral });
  },

  async delete(interaction, job, desk) {
    const text = textFor(interaction.locale);
    const actor = actorFor(personOf(interaction), desk.staff, 'ManageMessages');
    if (!mayDelete(job, actor)) throw new UserError(text.notYoursToDelete);
    await desk.jobs.discard(job.id, actor);
    // The message goes last: the answer refers to it.
    await interaction.reply({ content: text.deleted, flags: MessageFlags.Ephemeral });
    await desk.messages.delete(messageRef(interaction.channelId, interaction.message.id));
    desk.log.info({ job: job.id, by: actor.userId, role: actor.role }, 'picture deleted');
  },
} as const satisfies Record<ButtonVerb, Press>;

/** Does what a button under a picture says, however old the picture is. */
export async function pressButton(interaction: ButtonInteraction, desk: Desk): Promise<void> {
  const text = textFor(interaction.locale);
  const id = parseButtonId(interaction.customId);
  if (!id) throw new UserError(text.unknownButton);
  const job = await desk.jobs.find(id.jobId);
  // A picture of a server's may have been sent to its owner directly.
  const isHere = job?.guildId === interaction.guildId;
  const isOwnDirect = interaction.guildId === null && job?.userId === interaction.user.id;
  if (!job || (!isHere && !isOwnDirect)) throw new UserError(text.unknownJob);
  await PRESSES[id.verb](interaction, job, desk);
}
