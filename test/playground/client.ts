import { Client, GatewayIntentBits as I, Partials } from 'discord.js';
import type { Discord } from '../../src/playground/discord.js';

/** The real client, as the bot configures it, logged in and ready. */
export async function login(
  discord: Discord,
  options: { readonly intents?: readonly I[] } = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: options.intents ?? [I.Guilds, I.GuildMessages, I.GuildMessageReactions, I.DirectMessages],
    partials: [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [] },
    rest: { api: discord.restUrl },
  });
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(discord.token);
  return ready;
}
