import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import type { Desk } from '../asking/desk.js';

/** A form that came from under a message has a channel. */
export type SubmittedForm = ModalSubmitInteraction & { readonly channelId: string };

/** What a button under a picture does, however old the picture is. One file beside this each. */
export interface Press {
  /** Answers the interaction; a UserError is shown to the person, anything else is logged. */
  press(interaction: ButtonInteraction, job: Job, desk: Desk): Promise<void>;
  /** Takes in the form that `press` opened, if it opens one. */
  submit?(interaction: SubmittedForm, job: Job, desk: Desk): Promise<void>;
}
