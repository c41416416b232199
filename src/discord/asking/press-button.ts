import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import type { SubmittedForm } from '../pressing/press.js';
import { PRESSES } from '../pressing/presses.js';
import { textFor } from '../words/text.js';
import { parseButtonId } from './custom-id.js';
import type { Desk } from './desk.js';

/** Does what a button under a picture says, however old the picture is. */
export async function pressButton(interaction: ButtonInteraction, desk: Desk): Promise<void> {
  const { press, job } = await pressedIn(interaction, desk);
  await press.press(interaction, job, desk);
}

/** Takes in a form that such a button opened. */
export async function submitForm(interaction: ModalSubmitInteraction, desk: Desk): Promise<void> {
  const { press, job } = await pressedIn(interaction, desk);
  if (!press.submit || !hasChannel(interaction))
    throw new UserError(textFor(interaction.locale).unknownButton);
  await press.submit(interaction, job, desk);
}

async function pressedIn(interaction: ButtonInteraction | ModalSubmitInteraction, { jobs }: Desk) {
  const text = textFor(interaction.locale);
  const id = parseButtonId(interaction.customId);
  if (!id) throw new UserError(text.unknownButton);
  const job = await jobs.find(id.jobId);
  if (!job || !isShownTo(interaction, job)) throw new UserError(text.unknownJob);
  return { press: PRESSES[id.verb], job };
}

/** A picture of a server's may have been sent to its owner directly. */
function isShownTo({ guildId, user }: ButtonInteraction | ModalSubmitInteraction, job: Job): boolean {
  return job.guildId === guildId || (guildId === null && job.userId === user.id);
}

function hasChannel(form: ModalSubmitInteraction): form is SubmittedForm {
  return form.channelId !== null;
}
