import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  ComponentType,
  MessageFlags,
  type MessageReaction,
  ModalBuilder,
  type TextChannel,
  TextInputBuilder,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../src/playground/discord.js';
import { settle } from './api.js';
import { login } from './client.js';

const POST = 'POST /channels/:channel/messages';

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

    expect(discord.buttonsOf(message)).toMatchObject([
      { customId: 'again', label: 'Again', disabled: false },
    ]);
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

  /** A guild, and a bot in it that answers `/imagine` by `answer`. */
  const bot = async (answer: (interaction: ChatInputCommandInteraction) => unknown) => {
    const place = settle(discord);
    client = await login(discord);
    await client.application.commands.set([{ name: 'imagine', description: 'Paints' }]);
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) void answer(interaction);
    });
    const type = () => discord.slash({ user: place.ada, channel: place.channel, name: 'imagine' });
    const textChannel = async () => (await client.channels.fetch(place.channel.id)) as TextChannel; // as settled
    return { ...place, type, textChannel };
  };

  it('resumes after its socket was cut and misses nothing that happened meanwhile', async () => {
    const { type } = await bot((interaction) => interaction.reply('here'));
    const resumed = new Promise<number>((resolve) =>
      client.once('shardResume', (_, replayed) => resolve(replayed)),
    );
    discord.gateway.drop();
    await discord.until(() => discord.gateway.connections() === 0);
    const outcome = await type();
    expect(outcome.kind).toBe('message');
    expect(await resumed).toBeGreaterThan(0);
    expect(discord.requests.filter(({ route }) => route === 'GET /gateway/bot')).toHaveLength(1);
  });

  it('reconnects and resumes when it is asked to', async () => {
    const { type } = await bot((interaction) => interaction.reply('here'));
    const resumed = new Promise((resolve) => client.once('shardResume', resolve));
    discord.gateway.reconnect();
    await resumed;
    expect((await type()).kind).toBe('message');
  });

  it('notices a connection that died silently by its heartbeats', async () => {
    await discord.close();
    discord = await createDiscord({ heartbeatMs: 150 });
    const { type } = await bot((interaction) => interaction.reply('here'));
    const reconnecting = new Promise((resolve) => client.once('shardReconnecting', resolve));
    const resumed = new Promise((resolve) => client.once('shardResume', resolve));
    discord.gateway.acknowledgeHeartbeats(false);
    await reconnecting;
    discord.gateway.acknowledgeHeartbeats(true);
    await resumed;
    expect((await type()).kind).toBe('message');
  });

  it('identifies anew when its session has become invalid', async () => {
    const { type } = await bot((interaction) => interaction.reply('here'));
    const ready = new Promise((resolve) => client.once('shardReady', resolve));
    discord.gateway.invalidate({ resumable: false });
    await ready;
    expect((await type()).kind).toBe('message');
  });

  it('waits out a 429 and tries again after a 502', async () => {
    const { textChannel, channel } = await bot(() => {});
    const limited = discord.faults.add({
      kind: { type: 'rate limited', scope: 'shared', retryAfterMs: 50 },
      route: POST,
    });
    const broken = discord.faults.add({ kind: { type: 'status', status: 502 }, route: POST, times: 2 });
    await (await textChannel()).send('x');
    expect([limited.hits(), broken.hits()]).toEqual([1, 2]);
    expect(discord.read({ channel })).toHaveLength(1);
  });

  it('posts once for one nonce although the answer was lost twice', async () => {
    await discord.close();
    discord = await createDiscord({ rateLimits: { scale: 0.05 } });
    const { textChannel, channel } = await bot(() => {});
    const fault = discord.faults.add({
      kind: { type: 'status', status: 502 },
      route: POST,
      afterEffect: true,
      times: 2,
    });
    const target = await textChannel();
    await target.send({ content: 'twice', nonce: 'job-1' });
    await fault.spent;
    expect(discord.read({ channel })).toHaveLength(3);
    discord.faults.add({ kind: { type: 'status', status: 502 }, route: POST, afterEffect: true, times: 2 });
    await target.send({ content: 'once', nonce: 'job-2', enforceNonce: true });
    expect(discord.read({ channel }).filter(({ nonce }) => nonce === 'job-2')).toHaveLength(1);
  });

  it('paces its edits by the headers and is never refused', async () => {
    await discord.close();
    discord = await createDiscord({ rateLimits: { scale: 0.05 } });
    const { textChannel, channel } = await bot(() => {});
    const message = await (await textChannel()).send('0');
    await Promise.all(Array.from({ length: 12 }, (_, n) => message.edit(`${n + 1}`)));
    expect(discord.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(discord.read({ channel })[0]?.versions).toHaveLength(13);
  });

  it('replaces the file of a message when it edits with an empty list of attachments', async () => {
    const { type } = await bot(async (interaction) => {
      await interaction.deferReply();
      for (const name of ['1.png', '2.png', '3.png']) {
        await interaction.editReply({
          files: [new AttachmentBuilder(Buffer.from(name), { name })],
          attachments: [],
        });
      }
    });
    const { message } = await type();
    await discord.until(() => message?.versions.length === 4);
    const frames = message?.versions.map(({ body }) => body.attachments.map(({ filename }) => filename));
    expect(frames).toEqual([[], ['1.png'], ['2.png'], ['3.png']]);
  });

  it('hears reactions to messages it has never seen', async () => {
    const { channel, ada } = settle(discord);
    const message = discord.say({ user: ada, channel, content: 'old' });
    client = await login(discord);
    const heard = new Promise<MessageReaction>((resolve) =>
      client.once('messageReactionAdd', async (reaction) => resolve(await reaction.fetch())),
    );
    discord.react({ user: ada, message, emoji: '🔁' });
    const reaction = await heard;
    expect(reaction.message.id).toBe(message.id);
    expect((await reaction.users.fetch()).map(({ id }) => id)).toEqual([ada.id]);
  });

  it('answers in direct messages', async () => {
    const { ada } = await bot((interaction) => interaction.reply(`context ${interaction.context}`));
    const channel = discord.directChannel(ada);
    const { message } = await discord.slash({ user: ada, channel, name: 'imagine' });
    expect(message?.body.content).toBe('context 1');
    await (await client.users.fetch(ada.id)).send('done');
    expect(discord.read({ channel }).map(({ body }) => body.content)).toEqual(['context 1', 'done']);
  });

  it('completes what is being typed, and opens forms', async () => {
    const { ada, channel } = settle(discord);
    client = await login(discord);
    await client.application.commands.set([
      {
        name: 'model',
        description: 'Picks',
        options: [{ type: 3, name: 'name', description: 'Which', autocomplete: true }],
      },
    ]);
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        await interaction.respond([{ name: `${typed}ocket`, value: 'pocket' }]);
      } else if (interaction.isChatInputCommand()) {
        const field = new TextInputBuilder().setCustomId('why').setStyle(1).setLabel('Why');
        const modal = new ModalBuilder().setCustomId('form').setTitle('Reason');
        await interaction.showModal(
          modal.addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(field)),
        );
      } else if (interaction.isModalSubmit()) {
        await interaction.reply(interaction.fields.getTextInputValue('why'));
      }
    });
    const place = { user: ada, channel, name: 'model' };
    const completed = await discord.autocomplete({ ...place, focused: 'name', options: { name: 'p' } });
    expect(completed.choices).toEqual([{ name: 'pocket', value: 'pocket' }]);
    const opened = await discord.slash({ ...place, options: { name: 'pocket' } });
    expect(opened.kind).toBe('modal');
    const sent = await discord.submitModal({ user: ada, outcome: opened, fields: { why: 'because' } });
    expect(sent.message?.body.content).toBe('because');
  });

  it('receives files, people, channels and roles that commands name', async () => {
    const { ada, channel, guild } = settle(discord);
    client = await login(discord);
    const described = (name: string, type: number) => ({ type, name, description: 'x' });
    await client.application.commands.set([
      {
        name: 'all',
        description: 'All',
        options: [described('file', 11), described('who', 6), described('where', 7), described('role', 8)],
      },
    ]);
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options } = interaction;
      const bytes = await (await fetch(options.getAttachment('file', true).url)).text();
      const names = [options.getUser('who', true).username, options.getRole('role', true).name];
      await interaction.reply([bytes, ...names, options.getChannel('where', true).id].join(' '));
    });
    const { message } = await discord.slash({
      user: ada,
      channel,
      name: 'all',
      options: {
        file: { filename: 'a.txt', bytes: Buffer.from('bytes') },
        who: ada.id,
        where: channel.id,
        role: guild.id,
      },
    });
    expect(message?.body.content).toBe(`bytes ada @everyone ${channel.id}`);
  });

  it('talks in threads', async () => {
    const { textChannel, channel } = await bot(() => {});
    const message = await (await textChannel()).send('start');
    const thread = await message.startThread({ name: 'details' });
    await thread.send('more');
    expect(thread.parentId).toBe(channel.id);
    const there = discord.world.channels.get(thread.id);
    expect(there && discord.read({ channel: there }).map(({ body }) => body.content)).toEqual(['more']);
    await thread.setArchived(true);
    expect(there).toMatchObject({ archived: true });
  });
});
