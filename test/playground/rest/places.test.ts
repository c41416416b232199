import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { api, settle } from '../api.js';

describe('what the bot can look up', () => {
  let discord: Discord;
  let place: ReturnType<typeof settle>;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    place = settle(discord);
  });
  afterEach(() => discord.close());

  it('is itself and its application', async () => {
    const { bot, owner, id } = discord.application;
    expect((await api(discord, 'GET /users/@me')).body).toMatchObject({ id: bot.id, bot: true });
    expect((await api(discord, 'GET /users/%40me')).body).toMatchObject({ id: bot.id });
    expect((await api(discord, 'GET /applications/@me')).body).toMatchObject({ id, owner: { id: owner.id } });
    expect((await api(discord, 'GET /oauth2/applications/@me')).body).toMatchObject({ id, bot_public: true });
  });

  it('are the guilds it is in with their channels, roles and members, and no others', async () => {
    const { guild, channel, ada } = place;
    const path = `/guilds/${guild.id}`;
    expect((await api(discord, path.replace('/', 'GET /'))).body).toMatchObject({ name: 'Atelier' });
    expect((await api(discord, `GET ${path}/channels`)).body).toMatchObject([{ id: channel.id }]);
    expect((await api(discord, `GET ${path}/roles`)).body).toMatchObject([
      { id: guild.id },
      { managed: true },
    ]);
    expect((await api(discord, `GET ${path}/members/${ada.id}`)).body).toMatchObject({
      user: { id: ada.id },
    });
    expect((await api(discord, `GET ${path}/members?limit=1000`)).body).toHaveLength(3);
    expect((await api(discord, `GET ${path}/members/1`)).body.code).toBe(10007);
    expect((await api(discord, 'GET /guilds/1')).body.code).toBe(10004);
    expect((await api(discord, 'GET /users/@me/guilds')).body).toMatchObject([
      { id: guild.id, owner: false },
    ]);
    expect((await api(discord, 'GET /users/1')).body.code).toBe(10013);
  });

  it('are channels it sees; others it has no access to', async () => {
    const { channel, ada } = place;
    expect((await api(discord, `GET /channels/${channel.id}`)).body).toMatchObject({
      name: 'pictures',
      nsfw: false,
    });
    discord.setChannelRule({ channel, deny: ['ViewChannel'] });
    expect(await api(discord, `GET /channels/${channel.id}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    expect((await api(discord, 'GET /channels/1')).body.code).toBe(10003);
    const direct = await api(discord, 'POST /users/@me/channels', { body: { recipient_id: ada.id } });
    expect(direct.body).toMatchObject({ type: 1, recipients: [{ id: ada.id }] });
    const again = await api(discord, 'POST /users/@me/channels', { body: { recipient_id: ada.id } });
    expect(again.body.id).toBe(direct.body.id);
  });

  it('ends for members who leave: nothing connects them with the bot any more', async () => {
    const { guild, ada } = place;
    const direct = discord.directChannel(ada);
    const write = () => api(discord, `POST /channels/${direct.id}/messages`, { body: { content: 'x' } });
    expect((await write()).status).toBe(200);
    discord.leaveGuild({ guild, user: ada });
    expect((await api(discord, `GET /guilds/${guild.id}/members/${ada.id}`)).body.code).toBe(10007);
    expect((await write()).body.code).toBe(50278);
  });

  it('ends when it leaves the guild', async () => {
    const { guild, channel } = place;
    expect((await api(discord, `DELETE /users/@me/guilds/${guild.id}`)).status).toBe(204);
    expect((await api(discord, `GET /channels/${channel.id}`)).body.code).toBe(10003);
  });

  it('are threads it may start, join and archive', async () => {
    const { channel } = place;
    const start = (body: object) => api(discord, `POST /channels/${channel.id}/threads`, { body });
    expect((await start({ name: 'secret', type: 12 })).body.code).toBe(50013);
    const { status, body } = await start({ name: 'open', type: 11 });
    expect([status, body.parent_id]).toEqual([201, channel.id]);
    expect((await api(discord, `DELETE /channels/${body.id}/thread-members/@me`)).status).toBe(204);
    expect((await api(discord, `PUT /channels/${body.id}/thread-members/@me`)).status).toBe(204);
    const threads = () => api(discord, `GET /guilds/${channel.guild.id}/threads/active`);
    expect((await threads()).body.threads).toHaveLength(1);
    await api(discord, `PATCH /channels/${body.id}`, { body: { archived: true } });
    expect((await threads()).body.threads).toHaveLength(0);
  });

  it('are posts it may begin in a forum, with a message and no other way', async () => {
    const forum = discord.addChannel({ guild: place.guild, name: 'requests', kind: 'forum' });
    const start = (body: object) => api(discord, `POST /channels/${forum.id}/threads`, { body });
    expect(await start({ name: 'empty' })).toMatchObject({ status: 400, body: { code: 50035 } });
    const long = await start({ name: 'long', message: { content: 'x'.repeat(2001) } });
    expect(long.body.errors.message.content._errors).toHaveLength(1);
    const { status, body } = await start({ name: 'A castle', message: { content: 'Look' } });
    expect([status, body.parent_id, body.message.content]).toEqual([201, forum.id, 'Look']);
    expect(body.message.id).toBe(body.id);
    discord.setChannelRule({ channel: forum, deny: ['SendMessages'] });
    expect((await start({ name: 'no', message: { content: 'x' } })).body.code).toBe(50013);
  });
});
