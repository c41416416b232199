import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { RefusalName } from '../../../src/playground/rest/error.js';
import type { ChannelKind } from '../../../src/playground/world/channels.js';
import type { Channel } from '../../../src/playground/world/places.js';
import { api, settle } from '../api.js';

describe('what Discord refuses', () => {
  let discord: Discord;
  let place: ReturnType<typeof settle>;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    place = settle(discord);
  });
  afterEach(() => discord.close());

  const post = (channel: Channel, content = 'a picture') =>
    api(discord, `POST /channels/${channel.id}/messages`, { body: { content } });
  const edit = (channel: Channel, message: string, content = 'a better one') =>
    api(discord, `PATCH /channels/${channel.id}/messages/${message}`, { body: { content } });
  const privateThread = () =>
    discord.createThread({ parent: place.channel, name: 'secret', owner: place.ada, isPrivate: true });

  it.each([
    ['invalidForm', 400, 50035],
    ['autoModerated', 400, 200000],
    ['explicit', 400, 20009],
    ['tooLarge', 413, 40005],
    ['unauthorized', 401, 0],
    ['missingPermissions', 403, 50013],
    ['unknownMessage', 404, 10008],
  ] as const satisfies [RefusalName, number, number][])(
    'can be anything on demand, as %s, and is no mistake of the client’s then',
    async (as, status, code) => {
      discord.faults.add({ kind: { type: 'refused', as } });
      expect(await post(place.channel)).toMatchObject({ status, body: { code } });
      expect(discord.requests.at(-1)).toMatchObject({ status, code });
      expect(discord.violations).toEqual([]);
      expect(discord.read({ channel: place.channel })).toEqual([]);
    },
  );

  it('is a private thread to who is not a member, until they are let in', async () => {
    const thread = privateThread();
    expect(await post(thread)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect(await api(discord, `GET /channels/${thread.id}`)).toMatchObject({ body: { code: 50001 } });
    expect(await api(discord, `PUT /channels/${thread.id}/thread-members/@me`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    discord.joinThread(thread, discord.application.bot);
    expect(await post(thread)).toMatchObject({ status: 200 });
  });

  it('is a private thread to other people as well', () => {
    const bea = discord.addUser({ name: 'Bea', guilds: [place.guild] });
    const channel = privateThread();
    expect(() => discord.say({ user: bea, channel, content: 'hello' })).toThrow('Expected Bea to have');
    expect(discord.say({ user: place.ada, channel, content: 'hello' }).body.content).toBe('hello');
  });

  it('is an edit or a reaction in an archived thread; a new message wakes it', async () => {
    const thread = discord.createThread({ parent: place.channel, name: 'details', owner: place.ada });
    const { body } = await post(thread);
    discord.archiveThread(thread, { archived: true });
    expect(await edit(thread, body.id)).toMatchObject({ status: 400, body: { code: 50083 } });
    const reaction = `/channels/${thread.id}/messages/${body.id}/reactions/${encodeURIComponent('🔁')}/@me`;
    expect(await api(discord, `PUT ${reaction}`)).toMatchObject({ status: 400, body: { code: 50083 } });
    expect((await post(thread)).status).toBe(200);
    expect(thread.archived).toBe(false);
    expect((await edit(thread, body.id)).status).toBe(200);
  });

  it('is a message in a locked thread', async () => {
    const thread = discord.createThread({ parent: place.channel, name: 'details', owner: place.ada });
    discord.archiveThread(thread, { archived: true, locked: true });
    expect(await post(thread)).toMatchObject({ status: 400, body: { code: 160005 } });
    expect(thread.archived).toBe(true);
  });

  it.each(['text', 'announcement', 'voice', 'stage'] as const)(
    'is not a message in a %s channel',
    async (kind) => {
      const channel = discord.addChannel({ guild: place.guild, name: kind, kind });
      expect((await post(channel)).status).toBe(200);
      expect((await api(discord, `GET /channels/${channel.id}`)).status).toBe(200);
    },
  );

  it.each(['voice', 'stage'] as const satisfies ChannelKind[])(
    'is a message in a %s channel that one may not join',
    async (kind) => {
      const channel = discord.addChannel({ guild: place.guild, name: kind, kind });
      discord.setChannelRule({ channel, deny: ['Connect'] });
      expect(await post(channel)).toMatchObject({ status: 403, body: { code: 50013 } });
    },
  );

  it('is a message in a forum, but not in its posts, whose first message shares their id', async () => {
    const forum = discord.addChannel({ guild: place.guild, name: 'requests', kind: 'forum' });
    expect(await post(forum)).toMatchObject({ status: 400, body: { code: 50008 } });
    const started = discord.startPost({ user: place.ada, forum, name: 'A castle', content: 'please' });
    expect(discord.read({ channel: started }).map(({ id }) => id)).toEqual([started.id]);
    expect((await post(started)).status).toBe(200);
  });

  it('is a direct message to who takes none, or shares no server with the bot', async () => {
    const direct = discord.directChannel(place.ada);
    expect((await post(direct)).status).toBe(200);
    place.ada.acceptsDirect = false;
    expect(await post(direct)).toMatchObject({ status: 403, body: { code: 50007 } });
    const stranger = discord.directChannel(discord.addUser({ name: 'Cleo' }));
    expect(await post(stranger)).toMatchObject({ status: 403, body: { code: 50278 } });
  });

  it('is a word that the server blocks, in new messages and in edits', async () => {
    const { body } = await post(place.channel);
    place.guild.blockedWords = ['Swamp'];
    expect(await post(place.channel, 'a swamp at dawn')).toMatchObject({
      status: 400,
      body: { code: 200000 },
    });
    expect(await edit(place.channel, body.id, 'two SWAMPS')).toMatchObject({ body: { code: 200000 } });
    expect((await edit(place.channel, body.id, 'a lake')).status).toBe(200);
  });

  it('is everything with a token that was reset', async () => {
    const { token } = discord;
    discord.resetToken();
    expect((await api(discord, 'GET /users/@me', { token })).status).toBe(401);
    expect((await api(discord, 'GET /users/@me')).status).toBe(200);
  });
});
