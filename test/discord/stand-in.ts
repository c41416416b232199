import type { Job, MessageRef } from '../../src/contracts/job.js';
import { createClient } from '../../src/discord/client.js';
import { createMessages } from '../../src/discord/messages/messages.js';
import { createPlacePost } from '../../src/discord/messages/place-post.js';
import { manualClock } from '../playground/manual-clock.js';
import { createDiscord } from '../../src/playground/discord.js';
import type { PermissionName } from '../../src/playground/world/permissions.js';
import { aJob } from './support.js';

/** Our messages over the real REST client against the stand-in, with one server, one channel and one person. */
export async function setUpMessages() {
  const clock = manualClock();
  const discord = await createDiscord({ clock, rateLimits: false });
  const guild = discord.addGuild({ name: 'Atelier' });
  const channel = discord.addChannel({ guild, name: 'pictures' });
  const ada = discord.addUser({ name: 'Ada', guilds: [guild] });
  const client = createClient(discord.restUrl);
  client.rest.setToken(discord.token);
  const messages = createMessages(client.rest, () => discord.application.id);
  const remembered: MessageRef[] = [];
  const place = createPlacePost({
    messages,
    clock,
    remember: async (_, ref) => {
      remembered.push(ref);
    },
  });
  const job = (changes: Partial<Job> = {}): Job =>
    aJob({ userId: ada.id, guildId: guild.id, channelId: channel.id, ...changes });
  return { clock, discord, guild, channel, ada, messages, place, remembered, job };
}

export type MessagesSetUp = Awaited<ReturnType<typeof setUpMessages>>;

/** Takes permissions from the bot in the channel. */
export function deny({ discord, channel }: MessagesSetUp, names: readonly PermissionName[]): void {
  discord.setChannelRule({ channel, user: discord.application.bot, deny: names });
}
