import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Job } from '../src/contracts/job.js';
import { refused } from '../src/contracts/refusal.js';
import type { Command } from '../src/discord/asking/command.js';
import type { MessageMenu } from '../src/discord/asking/menu.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { ownChoices } from '../src/discord/asking/job-choices.js';
import { FILE_LIMIT_BYTES, POST_LIMITS, SHOWN_SIDE } from '../src/discord/messages/post.js';
import { managerBehind } from '../src/discord/people/person.js';
import { describeDetails } from '../src/discord/showing/describe-details.js';
import { jobButtons } from '../src/discord/showing/job-buttons.js';
import { linkTo } from '../src/discord/showing/link-to.js';
import { renderJob } from '../src/discord/showing/render-job.js';
import { shorten } from '../src/discord/words/markdown.js';
import { menuNames, offered } from '../src/discord/words/offered.js';
import { textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';

/** `/show`: one picture again, with all that is known of it, for whoever asks alone. */
export const show: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('show'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...offered('show picture'),
        required: true,
        autocomplete: true,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, desk) {
    const job = await desk.jobs.find(interaction.options.getString('picture', true).trim());
    if (!job || !isShownTo(interaction, job, desk)) throw refused('noSuchPicture');
    // A large picture may take longer to send than Discord waits.
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const text = textFor(interaction.locale);
    const link = job.message === null ? [] : [`-# ${text.whereItIs(linkTo(job.guildId, job.message))}`];
    const isDone = job.state === 'done';
    const about = isDone
      ? describeDetails(job, text)
      : renderJob(job, { text, position: desk.jobs.position(job.id) }).content;
    const kept = isDone ? await desk.jobs.picture(job.id) : desk.jobs.latestFrame(job.id);
    const wishes = { maxBytes: FILE_LIMIT_BYTES, minSide: SHOWN_SIDE, small: false };
    const picture = kept && (await desk.fitPicture(kept, wishes));
    await interaction.editReply({
      content: shorten([about, ...link].join('\n'), POST_LIMITS.content),
      // What takes the message away is for the message that everybody sees.
      components: isDone && job.guildId === interaction.guildId ? jobButtons(job, text).slice(0, 1) : [],
      files: picture
        ? [{ attachment: Buffer.from(picture.bytes), name: `easel-${job.id}.${picture.format}` }]
        : [],
    });
  },

  async complete(interaction, { jobs }) {
    const choices = await ownChoices(jobs, interaction.user.id, interaction.options.getFocused());
    await interaction.respond(choices);
  },
};

/** *Details* in the menu of a message. */
export const detailsMenu: MessageMenu = {
  data: {
    type: ApplicationCommandType.Message,
    ...menuNames('details'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },

  async execute(interaction, { jobs }) {
    const text = textFor(interaction.locale);
    const job = await jobs.findByMessage(interaction.targetMessage.id);
    if (!job) throw new UserError(text.noPictureThere);
    await interaction.reply({ content: describeDetails(job, text), flags: MessageFlags.Ephemeral });
  },
};

/** One's own pictures, those of the channel one is in, and those one moderates. */
function isShownTo(interaction: ChatInputCommandInteraction, job: Job, { staff }: Desk): boolean {
  const { userId, guildId, role } = managerBehind(interaction, staff);
  if (job.userId === userId || role === 'operator') return true;
  if (job.guildId === null || job.guildId !== guildId) return false;
  return role === 'moderator' || job.channelId === interaction.channelId;
}
