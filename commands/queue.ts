import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Job } from '../src/contracts/job.js';
import { formatPrompts } from '../src/requests/prompt-syntax.js';
import type { Command } from '../src/discord/asking/command.js';
import { managerBehind } from '../src/discord/people/person.js';
import { countdown, quote, shorten } from '../src/discord/words/markdown.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import type { QueueSnapshot } from '../src/jobs/api.js';

/** How many waiting pictures are listed. */
const LISTED = 10;
const PROMPT_ROOM = 80;
/** How many jobs that cannot be read are named, and how much of each name. */
const NAMED = 5;
const NAME_ROOM = 40;

/** Who looks, and from where: prompts of other channels are not shown to them. */
interface Viewer {
  readonly userId: string;
  readonly guildId: string | null;
  readonly channelId: string;
  /** Who also sees what is wrong. */
  readonly isOperator: boolean;
}

/** `/queue`: what is painted now, what comes next, and when. */
export const queue: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('queue'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },

  async execute(interaction, desk) {
    const { guildId, channelId, locale, user } = interaction;
    const snapshot = desk.jobs.snapshot({ limit: Number.MAX_SAFE_INTEGER });
    const isOperator = managerBehind(interaction, desk.staff).role === 'operator';
    const viewer = { userId: user.id, guildId, channelId, isOperator };
    const content = describeQueue(snapshot, viewer, textFor(locale));
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },
};

/** The queue as one message for one viewer. */
function describeQueue(snapshot: QueueSnapshot, viewer: Viewer, text: Text): string {
  const isHere = ({ job }: { readonly job: Job }) =>
    viewer.guildId === null ? job.userId === viewer.userId : job.guildId === viewer.guildId;
  const running = snapshot.running.filter(isHere);
  const waiting = snapshot.waiting.filter(isHere);
  const elsewhere = snapshot.running.length + snapshot.waitingTotal - running.length - waiting.length;
  const isPaused =
    snapshot.paused || (viewer.guildId !== null && snapshot.pausedGuilds.includes(viewer.guildId));

  const lines: string[] = [];
  if (isPaused) lines.push(text.queuePaused);
  if (running.length > 0) {
    lines.push(text.queueNow);
    for (const { job, step, steps, endsAt } of running) {
      const percent = steps === 0 ? 0 : Math.floor((100 * step) / steps);
      lines.push(line(job, `${percent} %`, endsAt, viewer, text));
    }
  }
  if (waiting.length > 0) {
    lines.push(text.queueNext);
    for (const { job, position, startsAt } of waiting.slice(0, LISTED)) {
      lines.push(line(job, `${position}.`, startsAt, viewer, text));
    }
    if (waiting.length > LISTED) lines.push(text.queueMore(waiting.length - LISTED));
  }
  if (running.length + waiting.length === 0 && elsewhere === 0) lines.push(text.queueEmpty);
  if (elsewhere > 0) lines.push(`-# ${text.queueElsewhereCount(elsewhere)}`);
  const busy = snapshot.painters.filter(({ state }) => state === 'painting').length;
  lines.push(`-# ${text.queuePainters(busy, snapshot.painters.length)}`);
  const { unreadable } = snapshot;
  if (viewer.isOperator && unreadable.length > 0) {
    const named = unreadable.slice(0, NAMED).map((id) => `\`${shorten(id.replaceAll('`', ''), NAME_ROOM)}\``);
    if (unreadable.length > NAMED) named.push('…');
    lines.push(`⚠️ ${text.queueUnreadable(unreadable.length, named.join(', '))}`);
  }
  return shorten(lines.join('\n'), POST_LIMITS.content);
}

function line(job: Job, mark: string, at: number | null, viewer: Viewer, text: Text): string {
  const isVisible = job.userId === viewer.userId || job.channelId === viewer.channelId;
  const what = isVisible
    ? quote(formatPrompts(job.request.prompts), PROMPT_ROOM)
    : `*${text.queueElsewhere}*`;
  const facts = [`**${mark.replace('.', '\\.')}** ${what}`, `<@${job.userId}>`];
  if (at !== null) facts.push(countdown(at));
  return facts.join(' · ');
}
