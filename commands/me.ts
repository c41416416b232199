import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { DEFAULTED, NOTICES, type Preferences } from '../src/contracts/preferences.js';
import type { Command } from '../src/discord/asking/command.js';
import type { Desk } from '../src/discord/asking/desk.js';
import { choiceRows, NOTHING } from '../src/discord/asking/preference-rows.js';
import { POST_LIMITS } from '../src/discord/messages/post.js';
import { linkTo } from '../src/discord/showing/link-to.js';
import { quote, shorten } from '../src/discord/words/markdown.js';
import { offered } from '../src/discord/words/offered.js';
import { wordsFor } from '../src/discord/words/refusals.js';
import { textFor } from '../src/discord/words/text.js';
import { UserError } from '../src/errors.js';
import { formatPrompts } from '../src/requests/prompt-syntax.js';

const RECENT = 5;
const PROMPT_ROOM = 80;

interface Viewer {
  readonly user: { readonly id: string };
  readonly guildId: string | null;
  readonly locale: string;
}

/** `/me`: what one has asked for and may, one's latest pictures, and what one chooses once for all. */
export const me: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('me'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },

  async execute(interaction, desk) {
    await interaction.reply({ ...(await describeMe(interaction, desk)), flags: MessageFlags.Ephemeral });
  },

  async press(interaction, wish, desk) {
    const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    const before = await desk.preferences.find(interaction.user.id);
    const after = chosen === undefined ? undefined : changed(before, wish, chosen);
    if (after === undefined) throw new UserError(textFor(interaction.locale).unknownButton);
    await desk.preferences.set(interaction.user.id, after);
    await interaction.update(await describeMe(interaction, desk));
  },
};

/** Undefined for what cannot be chosen. */
function changed(preferences: Preferences, name: string, value: string): Preferences | undefined {
  const notice = NOTICES.find((known) => known === value);
  if (name === 'notice') return notice && { ...preferences, notice };
  const defaulted = DEFAULTED.find((known) => known === name);
  if (defaulted === undefined) return undefined;
  const { [defaulted]: _, ...others } = preferences.defaults;
  return { ...preferences, defaults: value === NOTHING ? others : { ...others, [defaulted]: value } };
}

async function describeMe({ user, guildId, locale }: Viewer, { jobs, preferences, requests }: Desk) {
  const text = textFor(locale);
  const words = text.me;
  const { waiting, mostWaiting, lastMinute, perMinute, today, perDay, refusal } = await jobs.allowance({
    userId: user.id,
    guildId,
  });
  const recent = await jobs.recent(user.id, RECENT);
  const lines = recent.map(({ id, request, guildId: where, message }) => {
    const what = quote(formatPrompts(request.prompts), PROMPT_ROOM);
    const shown = message === null ? what : `[${what}](${linkTo(where, message)})`;
    return `- ${shown} · \`${id}\``;
  });
  const content = [
    ...(refusal === null ? [] : [wordsFor(text.refusals, refusal)]),
    words.waiting(waiting, mostWaiting),
    words.lastMinute(lastMinute, perMinute),
    ...(perDay === null ? [] : [words.today(today, perDay)]),
    '',
    recent.length === 0 ? words.noPictures : words.recent,
    ...lines,
    '',
    words.choices,
  ].join('\n');
  const models = (await requests.models()).map(({ name }) => name);
  return {
    content: shorten(content, POST_LIMITS.content),
    components: choiceRows({ chosen: await preferences.find(user.id), models, locale }),
    flags: MessageFlags.SuppressEmbeds as const,
  };
}
