import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { OptionValue } from '../../../src/playground/person/command-options.js';
import type { GuildChannel, User } from '../../../src/playground/world/places.js';
import { api, lastInteraction, settle } from '../api.js';

const COMMANDS = [
  {
    name: 'imagine',
    description: 'Paints',
    options: [
      { type: 3, name: 'prompt', description: 'What', required: true, max_length: 10 },
      { type: 4, name: 'steps', description: 'How long', min_value: 1, max_value: 500 },
      { type: 3, name: 'aspect', description: 'Shape', choices: [{ name: 'Wide', value: 'wide' }] },
      { type: 5, name: 'loud', description: 'Loud' },
      { type: 7, name: 'where', description: 'Where', channel_types: [0] },
    ],
  },
  {
    name: 'queue-admin',
    description: 'Rules',
    default_member_permissions: '32',
    contexts: [0],
    options: [{ type: 1, name: 'pause', description: 'Stops' }],
  },
  { name: 'mine', description: 'Is for who installs it for themselves', integration_types: [1] },
  { name: 'nude', description: 'Paints skin', nsfw: true },
];

describe('a person at a real client', () => {
  let discord: Discord;
  let channel: GuildChannel;
  let ada: User;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    ({ channel, ada } = settle(discord));
    await api(discord, `PUT /applications/${discord.application.id}/commands`, { body: COMMANDS });
  });
  afterEach(() => discord.close());

  const type = async (name: string, options: Readonly<Record<string, OptionValue>> = {}, user = ada) => {
    const outcome = discord.slash({ user, channel, name, options });
    const { id, token } = lastInteraction(discord);
    await api(discord, `POST /interactions/${id}/${token}/callback`, { body: { type: 5 } });
    return outcome;
  };
  const sent = () => discord.world.interactions.size;

  it.each([
    ['a command that is not there', 'paint', {}, 'Expected a command /paint'],
    ['no value for a required option', 'imagine', {}, 'required option `prompt`'],
    ['an option that is not there', 'imagine', { prompt: 'x', size: 1 }, 'got size'],
    ['a text too long', 'imagine', { prompt: 'x'.repeat(11) }, 'to keep to its length'],
    ['a number out of bounds', 'imagine', { prompt: 'x', steps: 501 }, 'to keep to its bounds'],
    ['a fraction', 'imagine', { prompt: 'x', steps: 1.5 }, 'to be a number of its kind'],
    ['none of the choices', 'imagine', { prompt: 'x', aspect: 'round' }, 'to be one of its choices'],
    ['a text for a switch', 'imagine', { prompt: 'x', loud: 'yes' }, 'to be true or false'],
    ['a command that needs a permission', 'queue-admin pause', {}, 'to be allowed /queue-admin'],
    ['a command of installations that nobody has', 'mine', {}, 'nobody has for themselves'],
    ['an adult command in an ordinary channel', 'nude', {}, 'not age-restricted'],
  ] as const)('cannot send %s', async (_, name, options, sentence) => {
    await expect(discord.slash({ user: ada, channel, name, options })).rejects.toThrow(sentence);
    expect(sent()).toBe(0);
  });

  it('sends what the client lets through', async () => {
    const options = { prompt: 'x'.repeat(10), steps: 500, aspect: 'wide', loud: false };
    expect((await type('imagine', options)).kind).toBe('deferred');
  });

  it('needs the permission a command asks for, and names its sub-command', async () => {
    const moderator = discord.addUser({ name: 'Mo', guilds: [channel.guild], permissions: ['ManageGuild'] });
    await expect(discord.slash({ user: moderator, channel, name: 'queue-admin' })).rejects.toThrow(
      'sub-commands pause',
    );
    expect((await type('queue-admin pause', {}, moderator)).kind).toBe('deferred');
  });

  it('is not offered a guild command in direct messages, nor the conversations of others', async () => {
    const mine = discord.directChannel(ada);
    await expect(discord.slash({ user: ada, channel: mine, name: 'queue-admin pause' })).rejects.toThrow(
      'to be offered',
    );
    const bob = discord.addUser({ name: 'Bob' });
    await expect(discord.slash({ user: bob, channel: mine, name: 'imagine' })).rejects.toThrow('Ada');
    await expect(discord.slash({ user: bob, channel, name: 'imagine' })).rejects.toThrow(
      'Bob to see the channel',
    );
  });

  it('uses adult commands in age-restricted channels', async () => {
    const adult = discord.addChannel({ guild: channel.guild, name: 'adult', nsfw: true });
    const outcome = discord.slash({ user: ada, channel: adult, name: 'nude' });
    const { id, token } = lastInteraction(discord);
    await api(discord, `POST /interactions/${id}/${token}/callback`, { body: { type: 5 } });
    expect((await outcome).kind).toBe('deferred');
  });

  it('names only channels of the types that an option takes', async () => {
    const forum = discord.addChannel({ guild: channel.guild, name: 'posts', kind: 'forum' });
    const asked = discord.slash({
      user: ada,
      channel,
      name: 'imagine',
      options: { prompt: 'x', where: forum.id },
    });
    await expect(asked).rejects.toThrow('of a type that it takes, got `posts`');
    expect((await type('imagine', { prompt: 'x', where: channel.id })).kind).toBe('deferred');
  });

  it('chooses as many values as a select takes, each once, and channels of its types', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const selects = [
      { type: 3, custom_id: 'words', options, min_values: 2, max_values: 2 },
      { type: 8, custom_id: 'places', channel_types: [15] },
    ];
    const rows = selects.map((select) => ({ type: 1, components: [select] }));
    await api(discord, `POST /channels/${channel.id}/messages`, { body: { content: 'x', components: rows } });
    const [message] = discord.read({ channel });
    const choose = (customId: string, ...values: readonly string[]) =>
      discord.choose({ user: ada, message: message ?? fail(), customId, values });
    for (const values of [['a'], ['a', 'a'], ['a', 'b', 'c']])
      await expect(choose('words', ...values)).rejects.toThrow('Expected 2 to 2 values, each once');
    await expect(choose('words', 'a', 'd')).rejects.toThrow('the select offers, got d');
    await expect(choose('places', channel.id)).rejects.toThrow(`the select offers, got ${channel.id}`);
    expect(sent()).toBe(0);
  });

  it('presses no button that is disabled, gone or not shown to them', async () => {
    const buttons = [
      { type: 2, style: 1, label: 'On', custom_id: 'on' },
      { type: 2, style: 1, label: 'Off', custom_id: 'off', disabled: true },
    ];
    const body = { content: 'x', components: [{ type: 1, components: buttons }] };
    await api(discord, `POST /channels/${channel.id}/messages`, { body });
    const [message] = discord.read({ channel });
    if (message === undefined) return fail();
    await expect(discord.press({ user: ada, message, customId: 'off' })).rejects.toThrow(
      'not to be disabled',
    );
    await expect(discord.press({ user: ada, message, customId: 'no' })).rejects.toThrow('there are on, off');
    const stranger = discord.addUser({ name: 'Eve' });
    await expect(discord.press({ user: stranger, message, customId: 'on' })).rejects.toThrow(
      'Eve to see the channel',
    );
    discord.setChannelRule({ channel, user: ada, allow: ['ManageMessages'] });
    discord.deleteMessage({ user: ada, message });
    await expect(discord.press({ user: ada, message, customId: 'on' })).rejects.toThrow('still to be there');
  });

  it('writes, reacts and deletes only where they may', () => {
    const message = discord.say({ user: ada, channel, content: 'mine' });
    const bob = discord.addUser({ name: 'Bob', guilds: [channel.guild] });
    expect(() => discord.deleteMessage({ user: bob, message })).toThrow('ManageMessages');
    discord.setChannelRule({ channel, deny: ['AddReactions', 'SendMessages'] });
    expect(() => discord.react({ user: bob, message, emoji: '🔁' })).toThrow('AddReactions');
    expect(() => discord.say({ user: bob, channel, content: 'x' })).toThrow('SendMessages');
  });
});

function fail(): never {
  throw new Error('Expected the message.');
}
