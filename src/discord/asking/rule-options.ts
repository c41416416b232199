import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ChannelType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { RULES, type RuleName, type Rules } from '../../contracts/rules.js';
import { offered, offeredChoice } from '../words/offered.js';

const PAINTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
] as const;

const value = offered('settings value');
const list = { add: offered('settings add'), remove: offered('settings remove') };

/** How a rule is changed by a slash command. */
export function ruleOptions(name: RuleName): APIApplicationCommandBasicOption[] {
  return [...changing(name), { type: ApplicationCommandOptionType.Boolean, ...offered('settings default') }];
}

function changing(name: RuleName): APIApplicationCommandBasicOption[] {
  const { form } = RULES[name];
  switch (form.is) {
    case 'whole':
      return [
        { ...value, type: ApplicationCommandOptionType.Integer, min_value: form.min, max_value: form.max },
      ];
    case 'decimal':
      return [
        { ...value, type: ApplicationCommandOptionType.Number, min_value: form.min, max_value: form.max },
      ];
    case 'choice':
      return [
        { ...value, type: ApplicationCommandOptionType.String, choices: form.choices.map(offeredChoice) },
      ];
    case 'switch':
      return [{ ...value, type: ApplicationCommandOptionType.Boolean }];
    case 'channel':
      return [
        { ...value, type: ApplicationCommandOptionType.Channel, channel_types: [ChannelType.GuildText] },
      ];
    case 'channels':
      return [list.add, list.remove].map((named) => ({
        ...named,
        type: ApplicationCommandOptionType.Channel,
        channel_types: [...PAINTABLE],
      }));
    case 'roles':
      return [list.add, list.remove].map((named) => ({ ...named, type: ApplicationCommandOptionType.Role }));
    case 'words':
      return [
        { ...list.add, type: ApplicationCommandOptionType.String, max_length: 1000 },
        { ...list.remove, type: ApplicationCommandOptionType.String, max_length: 1000, autocomplete: true },
      ];
  }
}

/** What somebody wants of a rule: another value, the default, or to know. */
export type RuleWish = { readonly to: unknown } | 'default' | 'show';

/** Reads the options of `ruleOptions` over the list that holds now. */
export function ruleWish(
  { options }: Pick<ChatInputCommandInteraction, 'options'>,
  name: RuleName,
  { [name]: current }: Rules,
): RuleWish {
  if (options.getBoolean('default') === true) return 'default';
  const given = (option: string) => options.get(option)?.value;
  if (!Array.isArray(current)) return given('value') === undefined ? 'show' : { to: given('value') };
  const [added, removed] = ['add', 'remove'].map((option) => entriesIn(given(option), RULES[name].form.is));
  if (added?.length === 0 && removed?.length === 0) return 'show';
  const kept = [...new Set([...current, ...(added ?? [])])];
  return { to: kept.filter((entry) => !removed?.includes(entry)) };
}

function entriesIn(given: unknown, is: string): string[] {
  if (given === undefined) return [];
  if (is !== 'words') return [String(given)];
  return String(given)
    .split(/[,\n、]/)
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}
