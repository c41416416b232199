import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { RULE_NAMES } from '../src/contracts/rules.js';
import type { Command } from '../src/discord/asking/command.js';
import { actNamed, FOR_RULERS } from '../src/discord/asking/for-rulers.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { rulerBehind } from '../src/discord/people/ruler.js';
import { describeDeed } from '../src/discord/showing/describe-deed.js';
import { ruleKey, ruleValue } from '../src/discord/words/describe-rule.js';
import { ago, quote, shorten } from '../src/discord/words/markdown.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import type { Actor, Jobs } from '../src/jobs/api.js';

/** How many deeds are shown. */
const SHOWN = 15;

interface Moderating {
  readonly jobs: Jobs;
  readonly actor: Actor;
  /** The person named in the command, or an empty string. */
  readonly userId: string;
  readonly reason: string | null;
  readonly pictures: number | null;
  readonly text: Text;
}

/** What each subcommand does, and what is said of it. */
const ACTS = {
  async ban({ jobs, actor, userId, reason, text }) {
    await jobs.ban({ userId, ...(reason !== null && { reason }) }, actor);
    return text.banned(userId);
  },
  async unban({ jobs, actor, userId, text }) {
    const { wasBanned, stillBanned } = await jobs.unban(userId, actor);
    if (stillBanned) return wasBanned ? text.unbannedHere(userId) : text.bannedEverywhere(userId);
    return wasBanned ? text.unbanned(userId) : text.notBanned(userId);
  },
  async list({ jobs, actor, text }) {
    const bans = await jobs.bans(actor);
    const personal = await jobs.personalRules(actor);
    const limits = personal.flatMap(({ userId, rules }) =>
      RULE_NAMES.filter((name) => rules[name] !== undefined).map((name) =>
        text.ownLimit({
          userId,
          name: text.offer[ruleKey(name)].name,
          value: ruleValue(name, rules[name], text),
        }),
      ),
    );
    const lines = bans.map(({ userId, actorId: by, at, reason }) =>
      text.banLine({ userId, by, when: ago(at), reason: reason === null ? '' : quote(reason, 100) }),
    );
    const [title, nobody] =
      actor.role === 'operator'
        ? [text.bansEverywhereTitle, text.nobodyBannedEverywhere]
        : [text.bansTitle, text.nobodyBanned];
    return [
      ...(lines.length === 0 ? [nobody] : [title, ...lines]),
      ...(limits.length === 0 ? [] : [text.ownLimitsTitle, ...limits]),
    ].join('\n');
  },
  async limit({ jobs, actor, userId, pictures, text }) {
    await jobs.setRule({ name: 'waitingPerUser', value: pictures ?? undefined, userId }, actor);
    return pictures === null ? text.personLikeAll(userId) : text.personLimited(userId, pictures);
  },
  async quota({ jobs, actor, userId, pictures, text }) {
    await jobs.setRule({ name: 'perDay', value: pictures ?? undefined, userId }, actor);
    return pictures === null ? text.personLikeAll(userId) : text.personQuota(userId, pictures);
  },
  async log({ jobs, actor, userId, text }) {
    const entries = await jobs.log({ limit: SHOWN, ...(userId !== '' && { userId }) }, actor);
    const lines = entries.map((entry) => describeDeed(entry, text));
    return lines.length === 0 ? text.logEmpty : [text.logTitle, ...lines].join('\n');
  },
} satisfies Record<string, (moderating: Moderating) => Promise<string>>;

const subcommand = { type: ApplicationCommandOptionType.Subcommand } as const;
const somebody = { type: ApplicationCommandOptionType.User, ...offered('mod user') } as const;
const user = { ...somebody, required: true } as const;
const reason = {
  type: ApplicationCommandOptionType.String,
  ...offered('mod reason'),
  max_length: 200,
} as const;
const everywhere = { type: ApplicationCommandOptionType.Boolean, ...offered('mod everywhere') } as const;
const pictures = {
  type: ApplicationCommandOptionType.Integer,
  ...offered('mod pictures'),
  min_value: 1,
  max_value: 100_000,
} as const;

/** `/mod`: people, and what was done. */
export const mod: Command = {
  data: {
    ...FOR_RULERS,
    ...offered('mod'),
    options: [
      { ...subcommand, ...offered('mod ban'), options: [user, reason, everywhere] },
      { ...subcommand, ...offered('mod unban'), options: [user, everywhere] },
      { ...subcommand, ...offered('mod list'), options: [everywhere] },
      { ...subcommand, ...offered('mod limit'), options: [user, pictures] },
      { ...subcommand, ...offered('mod quota'), options: [user, pictures] },
      { ...subcommand, ...offered('mod log'), options: [somebody, everywhere] },
    ],
  },

  async execute(interaction, { jobs, staff }) {
    const text = textFor(interaction.locale);
    const moderating = {
      jobs,
      actor: rulerBehind(interaction, { staff, text }),
      userId: interaction.options.getUser('user')?.id ?? '',
      reason: interaction.options.getString('reason'),
      pictures: interaction.options.getInteger('pictures'),
      text,
    };
    const act = actNamed(ACTS, interaction.options.getSubcommand(), text);
    const content = shorten(await act(moderating), POST_LIMITS.content);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },
};
