import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { PaintRequest } from '../../contracts/paint-request.js';
import { refused } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import type { Desk } from './desk.js';
import { messageTrouble } from '../messages/message-errors.js';
import { messageRef } from '../messages/messages.js';
import { inviteUrl, missingPermissions } from '../people/permissions.js';
import { renderJob } from '../showing/render-job.js';
import { sharedLocale } from '../words/shared-locale.js';
import { textFor } from '../words/text.js';
import { standingOf } from './standing.js';

export interface Order {
  readonly request: PaintRequest;
  readonly parentJob?: string;
  /** To go on from. */
  readonly savedState?: string;
}

/** What is asked from a channel: in a form's words that may be null. */
type Asking = (ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction) & {
  readonly channelId: string;
};

/**
 * Accepts a job and answers the interaction with the message that will show it. The answer comes after the job's row
 * is committed; should it fail (Discord is slow, the connection drops), the job lives on and gets a message of its own.
 *
 * @throws UserError when the bot may not post here, or a limit says no.
 */
export async function acceptAndAnswer(interaction: Asking, order: Order, desk: Desk): Promise<void> {
  await refuseWhereMute(interaction, desk);
  const finish = desk.answers.begin(interaction.id);
  try {
    const asker = { userId: interaction.user.id, guildId: interaction.guildId };
    const job = await desk.jobs.accept({
      causeId: interaction.id,
      ...asker,
      channelId: interaction.channelId,
      standing: standingOf(interaction),
      locale: sharedLocale(interaction),
      ...order,
    });
    const log = desk.log.child({ job: job.id });
    try {
      const text = textFor(job.locale);
      const position = desk.jobs.position(job.id);
      const { content, rows } = renderJob(job, { text, position });
      const answer = { content, components: [...rows], flags: MessageFlags.SuppressEmbeds as const };
      const message = interaction.deferred
        ? await interaction.editReply(answer)
        : (await interaction.reply({ ...answer, withResponse: true })).resource?.message;
      desk.crash('acknowledged', job.id);
      const messageId = message?.id;
      if (messageId === undefined) return;
      desk.whispers.remember(job.id, interaction);
      desk.progress.shown(job.id, { messageId, content, position });
      await desk.jobs.rememberMessage(job.id, messageRef(interaction.channelId, messageId));
      log.info({ user: interaction.user.id, guild: interaction.guildId }, 'accepted');
    } catch (error) {
      if (messageTrouble(error).kind === 'blocked') {
        await desk.jobs.cancel(job.id, { ...asker, role: 'member' });
        throw refused('notTaken', { cause: error });
      }
      log.warn({ err: error }, 'accepted, but the answer did not arrive');
    }
  } finally {
    finish();
  }
}

/** Says at once what would otherwise be found out minutes later. */
async function refuseWhereMute(interaction: Asking, { messages }: Desk): Promise<void> {
  if (interaction.guildId === null) return;
  const text = textFor(interaction.locale);
  if (!interaction.inCachedGuild()) {
    throw new UserError(text.notAMember(inviteUrl(interaction.applicationId)));
  }
  const { channel } = interaction;
  // discord.js knows no thread that the bot is no member of, nor an archived one: Discord does.
  const isUncertain = channel === null || channel.type === ChannelType.PrivateThread;
  if (isUncertain && !(await messages.canSee(interaction.channelId))) throw new UserError(text.notInThread);
  const thread = channel?.isThread() ?? true;
  const missing = missingPermissions(interaction.appPermissions, { thread, text });
  if (missing.length > 0) throw new UserError(text.cannotPost(missing.join(text.comma)));
}
