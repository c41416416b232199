import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { Command } from '../src/discord/asking/command.js';
import { offered } from '../src/discord/words/offered.js';
import { type Text, textFor } from '../src/discord/words/text.js';
import type { Stats } from '../src/jobs/api.js';

const DAY_MS = 24 * 60 * 60_000;

/** `/stats`: how much is painted in a server, and how long people wait. It names nobody. */
export const stats: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    ...offered('stats'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },

  async execute(interaction, { jobs }) {
    const text = textFor(interaction.locale);
    const guildId = interaction.guildId ?? '';
    const spans = [
      { span: text.statsToday, ms: DAY_MS },
      { span: text.statsWeek, ms: 7 * DAY_MS },
    ];
    const lines = await Promise.all(
      spans.map(async ({ span, ms }) => line(span, await jobs.stats({ guildId, withinMs: ms }), text)),
    );
    const content = [text.statsTitle, ...lines].join('\n');
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  },
};

function line(span: string, { done, people, failed, medianWaitMs }: Stats, text: Text): string {
  const wait = medianWaitMs === null ? null : inWords(medianWaitMs, text);
  const numbers = { done: String(done), people: text.people(people), failed: String(failed) };
  return text.statsLine({ span, ...numbers, wait });
}

function inWords(ms: number, text: Text): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? text.seconds(seconds) : text.minutes(Math.round(seconds / 60));
}
