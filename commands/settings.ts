import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { RULE_NAMES, type RuleName, type Rules } from '../src/contracts/rules.js';
import type { Command } from '../src/discord/asking/command.js';
import { FOR_RULERS } from '../src/discord/asking/for-rulers.js';
import { ruleOptions, ruleWish } from '../src/discord/asking/rule-options.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
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
    if (typed === 'show') return void (await say(describeAll(rules, text)));
    const name = RULE_NAMES.find((known) => typedName(known) === typed);
    if (!name) throw new UserError(text.unknownCommand);
    const wish = ruleWish(interaction, name, rules);
    if (wish !== 'show') {
      const value = wish === 'default' ? undefined : wish.to;
      await jobs.setRule({ name, value: value as Rules[typeof name] | undefined }, actor); // checked there
    }
    const after = await jobs.rules(holder);
    await say(describeRule(name, after[name], text));
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

function describeAll(rules: Rules, text: Text): string {
  return [text.settingsTitle, ...RULE_NAMES.map((name) => describeRule(name, rules[name], text))].join('\n');
}
