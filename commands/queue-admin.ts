import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { findPicture } from '../src/discord/asking/find-picture.js';
import { actNamed, FOR_RULERS } from '../src/discord/asking/for-rulers.js';
import { jobChoices } from '../src/discord/asking/job-choices.js';
import { takeDown } from '../src/discord/asking/take-down.js';
import { namePicture } from '../src/discord/showing/name-picture.js';
import { isRuler, rulerBehind } from '../src/discord/people/ruler.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import type { Actor } from '../src/jobs/api.js';

/** Beyond every line. */
const MOST_PLACES = 1_000_000;

interface Ruling {
  readonly desk: Desk;
  readonly actor: Actor;
  /** The job named in the command, or an empty string. */
  readonly job: string;
  /** The place named in the command. */
  readonly place: number;
  readonly text: Text;
}

/** What each subcommand does, and the sentence that says so. */
const RULINGS = {
  async pause({ desk: { jobs }, actor, text }) {
    await jobs.pause(actor);
    return text.paused;
  },
  async resume({ desk: { jobs }, actor, text }) {
    const { stillHeld } = await jobs.resume(actor);
    return stillHeld ? text.stillPaused : text.resumed;
  },
  async drain({ desk: { jobs }, actor, text }) {
    await jobs.drain(actor);
    return text.draining;
  },
  async remove({ desk, actor, job, text }) {
    // As it was: of what is removed no prompt is left.
    const picture = await findPicture(desk.jobs, job, actor.guildId);
    await takeDown(picture.id, actor, desk);
    return text.removed(namePicture(picture));
  },
  async retry({ desk: { jobs }, actor, job, text }) {
    const { id } = await findPicture(jobs, job, actor.guildId);
    return text.retried(namePicture(await jobs.retry(id, actor)));
  },
  async clear({ desk: { jobs }, actor, text }) {
    return text.cleared(await jobs.clear(actor));
  },
  async move({ desk: { jobs }, actor, job, place, text }) {
    const picture = await findPicture(jobs, job, actor.guildId);
    const { position, of } = await jobs.move(picture.id, place, actor);
    return text.movedTo({ picture: namePicture(picture), place: String(position), of: String(of) });
  },
  async front({ desk: { jobs }, actor, job, text }) {
    const { id } = await findPicture(jobs, job, null);
    return text.moved(namePicture(await jobs.moveToFront(id, actor)));
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

const place = {
  type: ApplicationCommandOptionType.Integer,
  ...offered('queue-admin place'),
  required: true,
  min_value: 1,
  max_value: MOST_PLACES,
} as const;

const subcommand = { type: ApplicationCommandOptionType.Subcommand } as const;

/** `/queue-admin`: a command of its own, because Discord's default permissions cover whole commands. */
export const queueAdmin: Command = {
  data: {
    ...FOR_RULERS,
    ...offered('queue-admin'),
    options: [
      {
        ...subcommand,
        ...offered('queue-admin pause'),
        options: [everywhere],
      },
      { ...subcommand, ...offered('queue-admin resume'), options: [everywhere] },
      { ...subcommand, ...offered('queue-admin remove'), options: [job] },
      { ...subcommand, ...offered('queue-admin clear'), options: [everywhere] },
      { ...subcommand, ...offered('queue-admin drain'), options: [everywhere] },
      { ...subcommand, ...offered('queue-admin retry'), options: [job] },
      { ...subcommand, ...offered('queue-admin move'), options: [job, place, everywhere] },
      { ...subcommand, ...offered('queue-admin front'), options: [job] },
    ],
  },

  async execute(interaction, desk) {
    const text = textFor(interaction.locale);
    const name = interaction.options.getSubcommand();
    const isForOperators = name === 'front';
    const ruling = {
      desk,
      actor: rulerBehind(interaction, { staff: desk.staff, text, isForOperators }),
      job: interaction.options.getString('job') ?? '',
      place: interaction.options.getInteger('place') ?? 1,
      text,
    };
    const content = await actNamed(RULINGS, name, text)(ruling);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },

  async complete(interaction, { jobs, staff }) {
    if (!isRuler(interaction, staff)) return interaction.respond([]);
    const typed = interaction.options.getFocused();
    await interaction.respond(jobChoices(jobs, interaction.guildId, typed));
  },
};
