import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { jobChoices } from '../src/discord/asking/job-choices.js';
import { actorFor } from '../src/discord/people/permissions.js';
import { personOf } from '../src/discord/people/person.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';
import type { Actor, Jobs } from '../src/jobs/api.js';

interface Ruling {
  readonly jobs: Jobs;
  readonly actor: Actor;
  /** The job named in the command, or an empty string. */
  readonly job: string;
  /** The person named in the command, or an empty string. */
  readonly userId: string;
  readonly reason: string | null;
  readonly text: Text;
}

/** What each subcommand does, and the sentence that says so. */
const RULINGS = {
  async pause({ jobs, actor, text }) {
    await jobs.pause(actor);
    return text.paused;
  },
  async resume({ jobs, actor, text }) {
    const { stillHeld } = await jobs.resume(actor);
    return stillHeld ? text.stillPaused : text.resumed;
  },
  async remove({ jobs, actor, job, text }) {
    const { id } = await jobs.remove(job, actor);
    return text.removed(id);
  },
  async clear({ jobs, actor, text }) {
    return text.cleared(await jobs.clear(actor));
  },
  async ban({ jobs, actor, userId, reason, text }) {
    await jobs.ban({ userId, ...(reason !== null && { reason }) }, actor);
    return text.banned(userId);
  },
  async unban({ jobs, actor, userId, text }) {
    const { wasBanned, stillBanned } = await jobs.unban(userId, actor);
    if (stillBanned) return wasBanned ? text.unbannedHere(userId) : text.bannedEverywhere(userId);
    return wasBanned ? text.unbanned(userId) : text.notBanned(userId);
  },
  async front({ jobs, actor, job, text }) {
    const { id } = await jobs.moveToFront(job, actor);
    return text.moved(id);
  },
} satisfies Record<string, (ruling: Ruling) => Promise<string>>;

const everywhere = {
  type: ApplicationCommandOptionType.Boolean,
  ...offered('queue-admin everywhere'),
} as const;

const job = {
  type: ApplicationCommandOptionType.String,
  ...offered('queue-admin job'),
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

const user = {
  type: ApplicationCommandOptionType.User,
  ...offered('queue-admin user'),
  required: true,
} as const;

const reason = {
  type: ApplicationCommandOptionType.String,
  ...offered('queue-admin reason'),
  max_length: 200,
} as const;

const subcommand = { type: ApplicationCommandOptionType.Subcommand } as const;

/**
 * `/queue-admin`: a command of its own, because Discord's default permissions cover whole commands. Server admins may
 * give it to others there, so what somebody may do is checked again here.
 */
export const queueAdmin: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('queue-admin'),
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      {
        ...subcommand,
        ...offered('queue-admin pause'),
        options: [everywhere],
      },
      { ...subcommand, ...offered('queue-admin resume'), options: [everywhere] },
      { ...subcommand, ...offered('queue-admin remove'), options: [job] },
      { ...subcommand, ...offered('queue-admin clear'), options: [everywhere] },
      {
        ...subcommand,
        ...offered('queue-admin ban'),
        options: [user, reason, everywhere],
      },
      {
        ...subcommand,
        ...offered('queue-admin unban'),
        options: [user, everywhere],
      },
      {
        ...subcommand,
        ...offered('queue-admin front'),
        options: [job],
      },
    ],
  },

  async execute(interaction, desk) {
    const text = textFor(interaction.locale);
    const ruling = {
      jobs: desk.jobs,
      actor: rulerBehind(interaction, desk, text),
      job: interaction.options.getString('job') ?? '',
      userId: interaction.options.getUser('user')?.id ?? '',
      reason: interaction.options.getString('reason'),
      text,
    };
    const name = interaction.options.getSubcommand();
    const rule = Object.entries(RULINGS).find(([known]) => known === name)?.[1];
    if (!rule) throw new UserError(text.unknownCommand);
    const content = await rule(ruling);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },

  async complete(interaction, { jobs, staff }) {
    const { role } = actorFor(personOf(interaction), staff, 'ManageGuild');
    if (role === 'member') return interaction.respond([]);
    const typed = interaction.options.getFocused();
    await interaction.respond(jobChoices(jobs, interaction.guildId, typed));
  },
};

/** An operator rules this server like a moderator, until they say `everywhere` or do what only operators may. */
function rulerBehind(interaction: ChatInputCommandInteraction, { staff }: Desk, text: Text): Actor {
  const actor = actorFor(personOf(interaction), staff, 'ManageGuild');
  if (actor.role === 'member') throw new UserError(text.adminOnly);
  const isGlobal =
    interaction.options.getBoolean('everywhere') === true || interaction.options.getSubcommand() === 'front';
  if (isGlobal && actor.role !== 'operator') throw new UserError(text.operatorsOnly);
  return isGlobal ? actor : { ...actor, role: 'moderator' };
}
