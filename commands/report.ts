import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { AuditEntry } from '../src/contracts/deed.js';
import type { Job } from '../src/contracts/job.js';
import type { Command } from '../src/discord/asking/command.js';
import { formatCommandId } from '../src/discord/asking/custom-id.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { findPicture } from '../src/discord/asking/find-picture.js';
import type { MessageMenu } from '../src/discord/asking/menu.js';
import { takeDown } from '../src/discord/asking/take-down.js';
import type { ButtonRow, Post } from '../src/discord/messages/post.js';
import { managerBehind } from '../src/discord/people/person.js';
import { linkTo } from '../src/discord/showing/link-to.js';
import { namePicture } from '../src/discord/showing/name-picture.js';
import { quote } from '../src/discord/words/markdown.js';
import { menuNames, offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';
import { formatPrompts } from '../src/requests/prompt-syntax.js';

const PROMPT_ROOM = 500;
const REASON_ROOM = 500;

/** `/report`: tells those who look after a server that something is wrong with a picture. */
export const report: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('report'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...offered('report picture'),
        required: true,
        max_length: 200,
      },
      { type: ApplicationCommandOptionType.String, ...offered('report reason'), max_length: 300 },
    ],
  },

  async execute(interaction, desk) {
    const named = interaction.options.getString('picture', true);
    const job = await findPicture(desk.jobs, named, interaction.guildId ?? '');
    await take(interaction, job, interaction.options.getString('reason') ?? '', desk);
  },

  /** The moderators' button under a report. */
  async press(interaction, jobId, desk) {
    const text = textFor(interaction.locale);
    const job = await findPicture(desk.jobs, jobId, interaction.guildId);
    await takeDown(job.id, managerBehind(interaction, desk.staff), desk);
    await interaction.reply({ content: text.removed(namePicture(job)), flags: MessageFlags.Ephemeral });
  },
};

/** *Report* in the menu of a message. */
export const reportMenu: MessageMenu = {
  data: {
    type: ApplicationCommandType.Message,
    ...menuNames('report'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },

  async execute(interaction, desk) {
    const job = await desk.jobs.findByMessage(interaction.targetMessage.id);
    if (!job || job.guildId !== interaction.guildId)
      throw new UserError(textFor(interaction.locale).noPictureThere);
    await take(interaction, job, '', desk);
  },
};

async function take(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  job: Job,
  reason: string,
  { jobs, moderators, log }: Desk,
): Promise<void> {
  const text = textFor(interaction.locale);
  const { guildId, user } = interaction;
  // Finding the moderators may take longer than Discord waits.
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const entry = await jobs.report({ id: job.id, reason }, { userId: user.id, guildId, role: 'member' });
  const write = (theirs: Text, isDirect: boolean) => letter({ entry, job, reason, text: theirs, isDirect });
  const isTold = await moderators.tell({ guildId: guildId ?? '', nonce: entry.id, write }).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error, job: job.id, guild: guildId }, 'a report reached no moderator');
      return false;
    },
  );
  await interaction.editReply({ content: isTold ? text.reported : text.reportedNowhere });
}

interface Report {
  readonly entry: AuditEntry;
  readonly job: Job;
  readonly reason: string;
  readonly text: Text;
  /** In direct messages Discord tells nobody's rights in a server: there is no button. */
  readonly isDirect: boolean;
}

/** All that somebody needs to judge it; the prompt is covered, as it may be what is wrong. */
function letter({ entry, job, reason, text, isDirect }: Report): Post {
  const prompt = quote(formatPrompts(job.request.prompts), PROMPT_ROOM);
  const lines = [
    text.reportTitle,
    [text.reportOf(job.userId), text.reportBy(entry.actorId), `\`${job.id}\``].join(' · '),
    reason && `> ${quote(reason, REASON_ROOM)}`,
    prompt && `||${prompt}||`,
    job.message && linkTo(job.guildId, job.message),
  ];
  const rows = isDirect ? [] : [removeButton(job, text)];
  return { content: lines.filter((line) => line).join('\n'), rows, picture: null };
}

function removeButton({ id }: Job, { buttons }: Text): ButtonRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Danger,
        label: buttons.delete,
        custom_id: formatCommandId({ command: 'report', wish: id }),
      },
    ],
  };
}
