import { Client, GatewayIntentBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutcomeReport } from '../../src/playground/control.js';
import { type ForkedDiscord, forkDiscord } from '../../src/playground/fork.js';

interface Id {
  readonly id: string;
}

describe('the stand-in in a process of its own', () => {
  let discord: ForkedDiscord;
  let client: Client;

  beforeAll(async () => {
    discord = await forkDiscord({ validate: false, rateLimits: false });
    client = new Client({
      intents: [GatewayIntentBits.Guilds],
      rest: { api: discord.restUrl, globalRequestsPerSecond: 0 },
    });
  });
  afterAll(async () => {
    await client.destroy();
    await discord.close();
  });

  it('is driven over its control interface, two hundred commands at a time', async () => {
    const guild = await discord.control<Id>('/guilds', { name: 'Atelier' });
    const channel = await discord.control<Id>('/channels', { guild: guild.id, name: 'pictures' });
    const user = await discord.control<Id>('/users', { name: 'Ada', guilds: [guild.id] });
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply(`#${interaction.options.getInteger('n')}`);
    });
    const ready = new Promise((resolve) => client.once('clientReady', resolve));
    await client.login(discord.token);
    await ready;
    await client.application?.commands.set([
      { name: 'count', description: 'Counts', options: [{ type: 4, name: 'n', description: 'A number' }] },
    ]);
    const slash = (n: number) =>
      discord.control<OutcomeReport>('/slash', {
        user: user.id,
        channel: channel.id,
        name: 'count',
        options: { n },
      });
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, n) => slash(n)));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['message']));
    expect(Math.max(...outcomes.map(({ afterMs }) => afterMs))).toBeLessThan(3_000);
    const messages = await discord.control<readonly { readonly content: string }[]>(
      `/channels/${channel.id}/messages`,
    );
    expect(new Set(messages.map(({ content }) => content)).size).toBe(200);
    expect(await discord.control('/status')).toMatchObject({ connections: 1, commands: 1 });
  });

  it('answers what it does not understand with a sentence', async () => {
    await expect(discord.control('/slash', { user: '1', channel: '2', name: 'x' })).rejects.toThrow(
      'id of a user',
    );
  });
});
