import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { Outcome } from '../../../src/playground/person/interact.js';
import type { GuildChannel, User } from '../../../src/playground/world/places.js';
import { api, button, lastInteraction, row, settle } from '../api.js';

const MINUTE_MS = 60_000;
const LOADING = 128;
const EPHEMERAL = 64;

describe('interactions', () => {
  let discord: Discord;
  let clock: ManualClock;
  let channel: GuildChannel;
  let ada: User;

  beforeEach(async () => {
    clock = manualClock();
    discord = await createDiscord({ clock, rateLimits: false });
    ({ channel, ada } = settle(discord));
    await api(discord, `PUT /applications/${discord.application.id}/commands`, {
      body: [{ name: 'imagine', description: 'Paints' }],
    });
  });
  afterEach(() => discord.close());

  const callback = (body: object, query = '') => {
    const { id, token } = lastInteraction(discord);
    return api(discord, `POST /interactions/${id}/${token}/callback${query}`, { body });
  };
  const hook = (rest = '') => `/webhooks/${discord.application.id}/${lastInteraction(discord).token}${rest}`;
  /** Types /imagine and answers it at once. */
  const answered = async (body: object): Promise<Outcome> => {
    const outcome = discord.slash({ user: ada, channel, name: 'imagine' });
    const reply = await callback(body);
    if (reply.status !== 204) throw new Error(JSON.stringify(reply.body));
    return outcome;
  };

  it('are acknowledged within three seconds or not at all', async () => {
    const early = discord.slash({ user: ada, channel, name: 'imagine' });
    clock.advance(3_000);
    expect(await callback({ type: 5 })).toMatchObject({ status: 204, body: '' });
    expect(await early).toMatchObject({ kind: 'deferred', afterMs: 3_000 });

    const late = discord.slash({ user: ada, channel, name: 'imagine' });
    const outcome = expect(late).rejects.toThrow('The application did not respond');
    clock.advance(3_001);
    expect(await callback({ type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } });
    await outcome;
  });

  it('are acknowledged once', async () => {
    await answered({ type: 5 });
    expect(await callback({ type: 4, data: { content: 'x' } })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
    expect(discord.read({ channel })).toHaveLength(1);
  });

  it('show a waiting message when deferred, which the first edit fills without marking it edited', async () => {
    const { message } = await answered({ type: 5 });
    expect(message?.body.flags).toBe(LOADING);
    const edit = await api(discord, `PATCH ${hook('/messages/%40original')}`, { body: { content: 'done' } });
    expect(edit).toMatchObject({
      status: 200,
      body: { id: message?.id, content: 'done', flags: 0, edited_timestamp: null },
    });
    expect(message?.versions.map(({ body }) => body.content)).toEqual(['', 'done']);
    const again = await api(discord, `PATCH ${hook('/messages/@original')}`, { body: { content: 'really' } });
    expect(again.body.edited_timestamp).not.toBeNull();
  });

  it('are edited by their token for fifteen minutes, and by the bot itself for ever', async () => {
    const { message } = await answered({ type: 4, data: { content: 'queued' } });
    clock.advance(15 * MINUTE_MS);
    const edit = () =>
      api(discord, `PATCH ${hook('/messages/@original')}`, { body: { content: 'painting' } });
    expect((await edit()).status).toBe(200);
    clock.advance(1);
    expect(await edit()).toMatchObject({ status: 401, body: { code: 50027 } });
    const path = `/channels/${channel.id}/messages/${message?.id}`;
    expect((await api(discord, `PATCH ${path}`, { body: { content: 'done' } })).status).toBe(200);
  });

  it('know nothing of their webhook before they are acknowledged', async () => {
    const outcome = discord.slash({ user: ada, channel, name: 'imagine' });
    expect(await api(discord, `POST ${hook()}`, { body: { content: 'x' } })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback({ type: 5 });
    await outcome;
  });

  it('let the first follow-up after a deferral take the waiting message’s place', async () => {
    const { message, followUps } = await answered({ type: 5, data: { flags: EPHEMERAL } });
    const first = await api(discord, `POST ${hook()}?wait=true`, { body: { content: 'one' } });
    expect(first.body.id).toBe(message?.id);
    const second = await api(discord, `POST ${hook()}`, { body: { content: 'two', flags: EPHEMERAL } });
    expect(followUps.map(({ id }) => id)).toEqual([second.body.id]);
    const edited = await api(discord, `PATCH ${hook(`/messages/${second.body.id}`)}`, {
      body: { content: 'three' },
    });
    expect(edited.body).toMatchObject({ content: 'three', flags: EPHEMERAL });
    expect((await api(discord, `DELETE ${hook('/messages/@original')}`)).status).toBe(204);
    expect((await api(discord, `GET ${hook('/messages/@original')}`)).body.code).toBe(10008);
  });

  it('answered for one pair of eyes only are unknown to everybody else', async () => {
    const { message, ephemeral } = await answered({ type: 4, data: { content: 'psst', flags: EPHEMERAL } });
    expect(ephemeral).toBe(true);
    expect((await api(discord, `GET /channels/${channel.id}/messages`)).body).toEqual([]);
    expect((await api(discord, `GET /channels/${channel.id}/messages/${message?.id}`)).body.code).toBe(10008);
    const bob = discord.addUser({ name: 'Bob', guilds: [channel.guild] });
    expect(discord.read({ channel, user: ada })).toHaveLength(1);
    expect(discord.read({ channel, user: bob })).toHaveLength(0);
  });

  it('return the message with with_response', async () => {
    const outcome = discord.slash({ user: ada, channel, name: 'imagine' });
    const { status, body } = await callback({ type: 5 }, '?with_response=true');
    expect(status).toBe(200);
    expect(body.interaction).toMatchObject({ type: 2, response_message_loading: true });
    expect(body.resource.message.id).toBe((await outcome).message?.id);
  });

  it('can be answered where the bot may not write itself, but not be edited by it where it does not see', async () => {
    discord.setChannelRule({ channel, user: discord.application.bot, deny: ['ViewChannel'] });
    const { message } = await answered({ type: 4, data: { content: 'x' } });
    expect(message?.body.content).toBe('x');
    const edit = await api(discord, `PATCH /channels/${channel.id}/messages/${message?.id}`, {
      body: { content: 'y' },
    });
    expect(edit.body.code).toBe(50001);
  });

  it('allow files as large as the person’s own plan', async () => {
    const rich = discord.addUser({
      name: 'Rich',
      guilds: [channel.guild],
      attachmentSizeLimit: 12 * 1024 * 1024,
    });
    const outcome = discord.slash({ user: rich, channel, name: 'imagine' });
    await callback({ type: 5 });
    await outcome;
    const files = [{ name: 'big.bin', bytes: new Uint8Array(11 * 1024 * 1024) }];
    expect((await api(discord, `PATCH ${hook('/messages/@original')}`, { files })).status).toBe(200);
  });

  it('of a button can update its message, a command cannot', async () => {
    const command = discord.slash({ user: ada, channel, name: 'imagine' });
    expect((await callback({ type: 7, data: { content: 'x' } })).body).toMatchObject({ code: 50035 });
    await callback({ type: 4, data: { content: 'press', components: [row(button('go'))] } });
    const { message } = await command;
    if (message === undefined) throw new Error('Expected a message.');

    const pressed = discord.press({ user: ada, message, customId: 'go' });
    expect((await callback({ type: 7, data: { components: [] } })).status).toBe(204);
    expect(await pressed).toMatchObject({ kind: 'update', message });
    expect(message.body).toMatchObject({ content: 'press', components: [] });
    await expect(discord.press({ user: ada, message, customId: 'go' })).rejects.toThrow(
      'Expected a component go',
    );
  });

  it('open a form, whose sending is an interaction again', async () => {
    const field = { type: 4, custom_id: 'why', label: 'Why', style: 1 };
    const opened = await answered({
      type: 9,
      data: { custom_id: 'form', title: 'Report', components: [row(field)] },
    });
    expect(opened).toMatchObject({ kind: 'modal', modal: { custom_id: 'form' } });
    const sent = discord.submitModal({ user: ada, outcome: opened, fields: { why: 'because' } });
    await callback({ type: 4, data: { content: 'thanks', flags: EPHEMERAL } });
    expect(await sent).toMatchObject({ kind: 'message', ephemeral: true });
  });
});
