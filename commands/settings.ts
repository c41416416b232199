import { ApplicationCommandOptionType, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { RULE_NAMES, RULES, type RuleName, type Rules } from '../src/contracts/rules.js';
import type { Command } from '../src/discord/asking/command.js';
import { FOR_RULERS } from '../src/discord/asking/for-rulers.js';
import { ruleOptions, ruleWish } from '../src/discord/asking/rule-options.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { missingPermissions } from '../src/discord/people/permissions.js';
import { isRuler, rulerBehind } from '../src/discord/people/ruler.js';
import { describeRule, ruleKey } from '../src/discord/words/describe-rule.js';
import { shorten } from '../src/discord/words/markdown.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';

const subcommand = { type: ApplicationCommandOptionType.Subcommand } as const;

/** The name a rule has as a subcommand. */
const typedName = (name: RuleName) => offered(ruleKey(name)).name;

/** `/settings`: what holds in a server, a subcommand a rule; all of it is made from the table of rules. */
export const settings: Command = {
  data: {
    ...FOR_RULERS,
    ...offered('settings'),
    options: [
      { ...subcommand, ...offered('settings show') },
      ...RULE_NAMES.map((name) => ({
        ...subcommand,
        ...offered(ruleKey(name)),
        options: ruleOptions(name),
      })),
    ],
  },

  async execute(interaction, { jobs, staff }) {
    const text = textFor(interaction.locale);
    const actor = rulerBehind(interaction, { staff, text });
    const holder = { guildId: interaction.guildId };
    const typed = interaction.options.getSubcommand();
    const rules = await jobs.rules(holder);
    const say = (content: string) =>
      interaction.reply({ content: shorten(content, POST_LIMITS.content), flags: MessageFlags.Ephemeral });
    if (typed === 'show') {
      const troubles = RULE_NAMES.flatMap((name) => troubleWith(name, rules, interaction));
      return void (await say([describeAll(rules, text), ...troubles].join('\n')));
    }
    const name = RULE_NAMES.find((known) => typedName(known) === typed);
    if (!name) throw new UserError(text.unknownCommand);
    const wish = ruleWish(interaction, name, rules);
    if (wish !== 'show') {
      const value = wish === 'default' ? undefined : wish.to;
      await jobs.setRule({ name, value: value as Rules[typeof name] | undefined }, actor); // checked there
    }
    const after = await jobs.rules(holder);
    await say([describeRule(name, after[name], text), ...troubleWith(name, after, interaction)].join('\n'));
  },

  async complete(interaction, { jobs, staff }) {
    const mayKnow = isRuler(interaction, staff);
    const name = RULE_NAMES.find((known) => typedName(known) === interaction.options.getSubcommand());
    const rules = await jobs.rules({ guildId: interaction.guildId });
    const value = name && rules[name];
    const typed = interaction.options.getFocused().toLowerCase();
    const entries = mayKnow && Array.isArray(value) ? value.map(String) : [];
    const fitting = entries.filter((entry) => entry.includes(typed)).slice(0, 25);
    await interaction.respond(
      fitting.map((entry) => ({ name: entry.slice(0, 100), value: entry.slice(0, 100) })),
    );
  },
};

/** What keeps the bot from posting in the channel that a rule names, if it names one. */
function troubleWith(
  name: RuleName,
  { [name]: value }: Rules,
  { guild, client, locale }: ChatInputCommandInteraction,
): readonly string[] {
  const channel = RULES[name].form.is === 'channel' ? guild?.channels.cache.get(String(value)) : undefined;
  const granted = channel?.permissionsFor(client.user);
  if (!channel || !granted) return [];
  const text = textFor(locale);
  const missing = missingPermissions(granted, { thread: false, wordsOnly: name === 'logChannel', text });
  return missing.length === 0 ? [] : [text.mayNotPostIn(channel.id, missing.join(text.comma))];
}

function describeAll(rules: Rules, text: Text): string {
  return [text.settingsTitle, ...RULE_NAMES.map((name) => describeRule(name, rules[name], text))].join('\n');
}
