import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { GuildChannel, User } from '../../../src/playground/world/places.js';
import { api, settle } from '../api.js';

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

describe('messages', () => {
  let discord: Discord;
  let clock: ManualClock;
  let channel: GuildChannel;
  let ada: User;
  let messages: string;

  beforeEach(async () => {
    clock = manualClock();
    discord = await createDiscord({ clock, rateLimits: false });
    ({ channel, ada } = settle(discord));
    messages = `/channels/${channel.id}/messages`;
  });
  afterEach(() => discord.close());

  const post = (body: object) => api(discord, `POST ${messages}`, { body });
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

  it('are made once for one enforced nonce, and twice without', async () => {
    const first = await post({ content: 'done', nonce: 'job-1', enforce_nonce: true });
    const second = await post({ content: 'done', nonce: 'job-1', enforce_nonce: true });
    expect(second.body.id).toBe(first.body.id);
    expect(discord.read({ channel })).toHaveLength(1);
    await post({ content: 'done', nonce: 'job-1' });
    await post({ content: 'done', nonce: 'job-2', enforce_nonce: true });
    expect(discord.read({ channel })).toHaveLength(3);
  });

  it('forget a nonce after some minutes', async () => {
    await post({ content: 'done', nonce: 'job-1', enforce_nonce: true });
    clock.advance(6 * MINUTE_MS);
    await post({ content: 'done', nonce: 'job-1', enforce_nonce: true });
    expect(discord.read({ channel })).toHaveLength(2);
  });

  it('pile files up over edits unless the edit says which stay', async () => {
    const { body: message } = await api(discord, `POST ${messages}`, { files: [file('one.txt', '1')] });
    const edit = (body: object, files: ReturnType<typeof file>[]) =>
      api(discord, `PATCH ${messages}/${message.id}`, { body, files });
    const names = ({ body }: Awaited<ReturnType<typeof edit>>) =>
      body.attachments.map(({ filename }: { filename: string }) => filename);
    expect(names(await edit({}, [file('two.txt', '2')]))).toEqual(['one.txt', 'two.txt']);
    expect(names(await edit({ attachments: [{ id: message.attachments[0].id }] }, []))).toEqual(['one.txt']);
    const described = await edit({ attachments: [{ id: '0', description: 'new' }] }, [
      file('three.txt', '3'),
    ]);
    expect(described.body.attachments).toMatchObject([{ filename: 'three.txt', description: 'new' }]);
    expect(names(await edit({ content: 'none left', attachments: [] }, []))).toEqual([]);
  });

  it('give their files at links that end after a day', async () => {
    const { body } = await api(discord, `POST ${messages}`, { files: [file('a picture.png', 'pixels')] });
    const { url, filename } = body.attachments[0];
    expect(filename).toBe('a_picture.png');
    expect(await (await fetch(url)).text()).toBe('pixels');
    clock.advance(24 * 60 * MINUTE_MS + 1);
    expect((await fetch(url)).status).toBe(404);
  });

  it('take files of 10 MiB and refuse a byte more, and a request beyond 25 MiB', async () => {
    const sized = (bytes: number) => ({ name: 'big.bin', bytes: new Uint8Array(bytes) });
    expect((await api(discord, `POST ${messages}`, { files: [sized(10 * MIB)] })).status).toBe(200);
    const tooBig = await api(discord, `POST ${messages}`, { files: [sized(10 * MIB + 1)] });
    expect(tooBig).toMatchObject({ status: 413, body: { code: 40005 } });
    const three = await api(discord, `POST ${messages}`, {
      files: [sized(9 * MIB), sized(9 * MIB), sized(9 * MIB)],
    });
    expect(three).toMatchObject({ status: 413, body: { code: 40005 } });
    expect(discord.violations).toHaveLength(2);
  });

  it('are refused beyond 25 MiB even where no length was announced', async () => {
    let left = 26;
    const body = new ReadableStream({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(new Uint8Array(MIB));
      },
    });
    const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    const response = await fetch(`${discord.restUrl}/v10${messages}`, init);
    expect(response.status).toBe(413);
  });

  it.each([
    ['no JSON', 'application/json', '{"content":', 50109],
    ['no known type', 'text/plain', 'hello', 50035],
    ['no multipart body', 'multipart/form-data; boundary=x', 'hello', 50035],
    [
      'a field of its own',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
      50035,
    ],
  ])('are refused when they are %s', async (_, type, body, code) => {
    const headers = { authorization: `Bot ${discord.token}`, 'content-type': type };
    const response = await fetch(`${discord.restUrl}/v10${messages}`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code });
  });

  it('may not be empty, nor become so', async () => {
    expect(await post({ content: '  ' })).toMatchObject({ status: 400, body: { code: 50006 } });
    const { body } = await post({ content: 'x' });
    const edit = await api(discord, `PATCH ${messages}/${body.id}`, { body: { content: null } });
    expect(edit).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it('of others are neither edited nor, without ManageMessages, deleted', async () => {
    const hers = discord.say({ user: ada, channel, content: 'hello' });
    const path = `${messages}/${hers.id}`;
    expect(await api(discord, `PATCH ${path}`, { body: { content: 'x' } })).toMatchObject({
      status: 403,
      body: { code: 50005 },
    });
    expect(await api(discord, `DELETE ${path}`)).toMatchObject({ status: 403, body: { code: 50013 } });
    discord.setChannelRule({ channel, user: discord.application.bot, allow: ['ManageMessages'] });
    expect(await api(discord, `DELETE ${path}`)).toMatchObject({ status: 204, body: '' });
    expect(await api(discord, `DELETE ${path}`)).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it('older than an hour are edited three times in twenty seconds per channel, not four', async () => {
    const ids = [await post({ content: 'a' }), await post({ content: 'b' })].map(({ body }) => body.id);
    const edit = (n: number) =>
      api(discord, `PATCH ${messages}/${ids[n % 2]}`, { body: { content: `${n}` } });
    for (let n = 0; n < 10; n += 1) expect((await edit(n)).status).toBe(200);
    clock.advance(61 * MINUTE_MS);
    for (let n = 0; n < 3; n += 1) expect((await edit(n)).status).toBe(200);
    const fourth = await edit(3);
    expect(fourth).toMatchObject({ status: 429, body: { code: 30046, retry_after: 20 } });
    expect(fourth.headers.get('retry-after')).toBe('20');
    clock.advance(20_000);
    expect((await edit(4)).status).toBe(200);
  });

  it.each([
    [['ViewChannel'], 50001, {}, []],
    [['SendMessages'], 50013, {}, []],
    [['EmbedLinks'], 50013, { embeds: [{ title: 'x' }] }, []],
    [['AttachFiles'], 50013, {}, [{ name: 'a.txt', bytes: new Uint8Array(1) }]],
  ] as const)('need the permission %s', async (deny, code, extra, files) => {
    const send = () =>
      api(discord, `POST ${messages}`, { body: { content: 'x', ...extra }, files: [...files] });
    expect((await send()).status).toBe(200);
    discord.setChannelRule({ channel, user: discord.application.bot, deny: [...deny] });
    expect(await send()).toMatchObject({ status: 403, body: { code } });
    expect(discord.violations).toEqual([]);
  });

  it('of a channel that is gone are unknown with it', async () => {
    const { body } = await post({ content: 'x' });
    discord.removeChannel(channel);
    expect(await api(discord, `GET ${messages}/${body.id}`)).toMatchObject({
      status: 404,
      body: { code: 10003 },
    });
  });

  it('are listed newest first, in pages before, after and around an id', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.push((await post({ content: `${n}` })).body.id);
    const list = async (query: string) =>
      (await api(discord, `GET ${messages}?${query}`)).body
        .map(({ content }: { content: string }) => content)
        .join('');
    expect(await list('')).toBe('6543210');
    expect(await list('limit=2')).toBe('65');
    expect(await list(`before=${ids[3]}&limit=2`)).toBe('21');
    expect(await list(`after=${ids[3]}&limit=2`)).toBe('54');
    expect(await list(`around=${ids[3]}&limit=3`)).toBe('432');
    const wrong = await api(discord, `GET ${messages}?limit=101`);
    expect(wrong.body.errors.limit._errors).toHaveLength(1);
    expect(await api(discord, `GET ${messages}?limt=1`)).toMatchObject({ status: 400 });
  });

  it('are not shown without ReadMessageHistory', async () => {
    const { body } = await post({ content: 'x' });
    discord.setChannelRule({ channel, user: discord.application.bot, deny: ['ReadMessageHistory'] });
    expect((await api(discord, `GET ${messages}`)).body).toEqual([]);
    expect((await api(discord, `GET ${messages}/${body.id}`)).body.code).toBe(50013);
    const reply = await post({ content: 'y', message_reference: { message_id: body.id } });
    expect(reply.body.code).toBe(160002);
  });

  it('of others are blank without the MessageContent intent, unless they name the bot', async () => {
    const secret = discord.say({ user: ada, channel, content: 'secret' });
    const open = discord.say({ user: ada, channel, content: `hello <@${discord.application.bot.id}>` });
    expect((await api(discord, `GET ${messages}/${secret.id}`)).body.content).toBe('');
    expect((await api(discord, `GET ${messages}/${open.id}`)).body.content).toContain('hello');
  });

  it('ping whom they name, unless allowed_mentions says otherwise', async () => {
    const content = `<@${ada.id}> @everyone`;
    discord.setChannelRule({ channel, user: discord.application.bot, allow: ['MentionEveryone'] });
    const loud = await post({ content });
    expect(loud.body).toMatchObject({ mention_everyone: true, mentions: [{ id: ada.id }] });
    const quiet = await post({ content, allowed_mentions: { parse: [] } });
    expect(quiet.body).toMatchObject({ mention_everyone: false, mentions: [] });
    const chosen = await post({ content, allowed_mentions: { users: [ada.id] } });
    expect(chosen.body).toMatchObject({ mention_everyone: false, mentions: [{ id: ada.id }] });
  });

  it('are deleted in bulk with ManageMessages, up to two weeks back', async () => {
    const old = (await post({ content: 'old' })).body.id;
    clock.advance(15 * 24 * 60 * MINUTE_MS);
    const young = [(await post({ content: 'a' })).body.id, (await post({ content: 'b' })).body.id];
    const bulk = (ids: string[]) => api(discord, `POST ${messages}/bulk-delete`, { body: { messages: ids } });
    expect((await bulk(young)).body.code).toBe(50013);
    discord.setChannelRule({ channel, user: discord.application.bot, allow: ['ManageMessages'] });
    expect((await bulk([old, ...young])).body.code).toBe(50034);
    expect((await bulk(young)).status).toBe(204);
    expect(discord.read({ channel }).map(({ id }) => id)).toEqual([old]);
    expect((await bulk([old])).body.code).toBe(50035);
  });

  it('carry the reactions people gave them', async () => {
    const { body } = await post({ content: 'x' });
    const message = discord.read({ channel })[0];
    if (message === undefined) throw new Error('Expected the message.');
    const path = `${messages}/${body.id}`;
    const heart = encodeURIComponent('❤️');
    discord.react({ user: ada, message, emoji: '❤️' });
    expect((await api(discord, `PUT ${path}/reactions/${heart}/@me`)).status).toBe(204);
    expect((await api(discord, `PUT ${path}/reactions/${heart}/%40me`)).status).toBe(204);
    expect((await api(discord, `GET ${path}`)).body.reactions).toMatchObject([
      { emoji: { name: '❤️' }, count: 2, me: true },
    ]);
    expect((await api(discord, `GET ${path}/reactions/${heart}`)).body).toHaveLength(2);
    expect((await api(discord, `DELETE ${path}/reactions/${heart}/${ada.id}`)).body.code).toBe(50013);
    expect((await api(discord, `DELETE ${path}/reactions/${heart}/@me`)).status).toBe(204);
    expect(message.reactions.get('❤️')).toEqual([ada]);
    expect((await api(discord, `PUT ${path}/reactions/nonsense/@me`)).body.code).toBe(10014);
  });

  it('with a wrong token are a 401, and with no known path a violation', async () => {
    expect(await api(discord, `GET ${messages}`, { token: 'wrong' })).toMatchObject({
      status: 401,
      body: { code: 0 },
    });
    expect((await api(discord, 'GET /nonsense')).status).toBe(404);
    expect(discord.violations.map(({ route }) => route)).toEqual(['GET /api/v10/nonsense']);
  });
});
