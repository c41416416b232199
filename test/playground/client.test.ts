import { AttachmentBuilder, ButtonStyle, type Client, ComponentType, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../src/playground/discord.js';
import { login } from './client.js';

describe('the real discord.js client against the stand-in', () => {
  let discord: Discord;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await createDiscord();
  });
  afterEach(async () => {
    await client.destroy();
    expect(discord.violations).toEqual([]);
    await discord.close();
  });

  it('goes from a slash command over a deferred answer, an edit with a file and a button to a reaction', async () => {
    const guild = discord.addGuild({ name: 'Atelier' });
    const channel = discord.addChannel({ guild, name: 'pictures' });
    const ada = discord.addUser({ name: 'Ada', guilds: [guild] });
    client = await login(discord);
    expect(client.guilds.cache.get(guild.id)?.name).toBe('Atelier');
    await client.application.commands.set([
      {
        name: 'imagine',
        description: 'Paints',
        options: [{ type: 3, name: 'prompt', description: 'What', required: true }],
      },
    ]);
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply();
        await interaction.editReply({
          content: interaction.options.getString('prompt', true),
          files: [
            new AttachmentBuilder(Buffer.from('pixels'), { name: 'picture.png', description: 'a picture' }),
          ],
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                { type: ComponentType.Button, style: ButtonStyle.Primary, customId: 'again', label: 'Again' },
              ],
            },
          ],
        });
      } else if (interaction.isButton()) {
        await interaction.reply({ content: 'Once more.', flags: MessageFlags.Ephemeral });
      }
    });
    const outcome = await discord.slash({
      user: ada,
      channel,
      name: 'imagine',
      options: { prompt: 'a lighthouse' },
    });
    expect(outcome.kind).toBe('deferred');
    const message = await discord.until(
      () => outcome.message?.body.attachments.length === 1 && outcome.message,
    );
    expect(message.body.content).toBe('a lighthouse');
    expect(Buffer.from(message.body.attachments[0]?.bytes ?? []).toString()).toBe('pixels');
    expect(message.body.attachments[0]?.description).toBe('a picture');

    const pressed = await discord.press({ user: ada, message, customId: 'again' });
    expect(pressed).toMatchObject({ kind: 'message', ephemeral: true });
    expect(discord.read({ channel })).toEqual([message]);
    expect(discord.read({ channel, user: ada })).toHaveLength(2);

    const reacted = new Promise<string>((resolve) =>
      client.on('messageReactionAdd', (reaction, user) =>
        resolve(`${reaction.emoji.name} ${user.id} ${reaction.message.id}`),
      ),
    );
    discord.react({ user: ada, message, emoji: '🔁' });
    expect(await reacted).toBe(`🔁 ${ada.id} ${message.id}`);
  });
});
