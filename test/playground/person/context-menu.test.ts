import { ApplicationCommandType, type Client, type Interaction, MessageType } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { Message } from '../../../src/playground/world/message.js';
import type { GuildChannel, User } from '../../../src/playground/world/places.js';
import { api, settle } from '../api.js';
import { login } from '../client.js';

const COMMANDS = [
  { type: ApplicationCommandType.Message, name: 'Quote this' },
  { type: ApplicationCommandType.User, name: 'Wave at', contexts: [0] },
  { type: ApplicationCommandType.Message, name: 'Hide', default_member_permissions: '8192' },
];

describe('the menu of a message and of a person', () => {
  let discord: Discord;
  let channel: GuildChannel;
  let ada: User;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    ({ channel, ada } = settle(discord));
    client = await login(discord);
    client.on('interactionCreate', (interaction) => void answer(interaction));
    await api(discord, `PUT /applications/${discord.application.id}/commands`, { body: COMMANDS });
  });
  afterEach(async () => {
    await client.destroy();
    await discord.close();
  });

  async function answer(interaction: Interaction): Promise<void> {
    if (interaction.isMessageContextMenuCommand()) {
      const { content, author } = interaction.targetMessage;
      await interaction.reply(`${author.displayName} wrote: ${content}`);
    } else if (interaction.isUserContextMenuCommand()) {
      await interaction.reply(
        `${interaction.user.displayName} waves at ${interaction.targetUser.displayName}`,
      );
    }
  }

  const read = async (message: Message | undefined) =>
    (await api(discord, `GET /channels/${channel.id}/messages/${message?.id}`)).body;

  it('shows a bot the whole message it is called on, though it may not read the others', async () => {
    const target = discord.say({ user: ada, channel, content: 'secret words' });
    const { message } = await discord.useOnMessage({ user: ada, name: 'Quote this', target });
    expect(message?.body.content).toBe('Ada wrote: secret words');
    expect(await read(message)).toMatchObject({
      type: MessageType.ContextMenuCommand,
      interaction_metadata: { target_message_id: target.id },
      message_reference: { message_id: target.id },
      referenced_message: { id: target.id },
    });
  });

  it('tells a bot whom it is called on', async () => {
    const bob = discord.addUser({ name: 'Bob', guilds: [channel.guild] });
    const { message } = await discord.useOnUser({ user: ada, channel, name: 'Wave at', target: bob });
    expect(message?.body.content).toBe('Ada waves at Bob');
    expect(await read(message)).toMatchObject({
      type: MessageType.ContextMenuCommand,
      interaction_metadata: { target_user: { id: bob.id } },
    });
  });

  it('tells of an answer that follows up which was the first, and points to the message only from that', async () => {
    const target = discord.say({ user: ada, channel, content: 'secret words' });
    const { message, token } = await discord.useOnMessage({ user: ada, name: 'Quote this', target });
    const path = `/webhooks/${discord.application.id}/${token}`;
    const { body } = await api(discord, `POST ${path}`, { body: { content: 'and more' } });
    expect(body.interaction_metadata).toMatchObject({
      original_response_message_id: message?.id,
      target_message_id: target.id,
    });
    expect(body).not.toHaveProperty('referenced_message');
  });

  it('offers only what this person may use here, and on what they see', async () => {
    const target = discord.say({ user: ada, channel, content: 'x' });
    const use = (name: string, user = ada) => discord.useOnMessage({ user, name, target });
    await expect(use('Hide')).rejects.toThrow('Expected Ada to be allowed "Hide"');
    await expect(use('Wave at')).rejects.toThrow('none here');
    await expect(use('Quote this', discord.addUser({ name: 'Eve' }))).rejects.toThrow('to see the channel');
    const mine = discord.directChannel(ada);
    await expect(
      discord.useOnUser({ user: ada, channel: mine, name: 'Wave at', target: ada }),
    ).rejects.toThrow('to be offered in direct messages');
    discord.deleteMessage({ user: ada, message: target });
    await expect(use('Quote this')).rejects.toThrow('still to be there');
  });
});
