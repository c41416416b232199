import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../src/playground/discord.js';
import type { FaultKind } from '../../src/playground/faults.js';
import type { GuildChannel } from '../../src/playground/world/places.js';
import { api, settle } from './api.js';

const POST = 'POST /channels/:channel/messages';

describe('faults', () => {
  let discord: Discord;
  let channel: GuildChannel;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    channel = settle(discord).channel;
  });
  afterEach(() => discord.close());

  const post = () => api(discord, `POST /channels/${channel.id}/messages`, { body: { content: 'x' } });
  const posted = () => discord.read({ channel }).length;

  it.each([
    [{ type: 'status', status: 500 }, 500, 'application/json'],
    [{ type: 'status', status: 502 }, 502, 'text/html'],
    [{ type: 'rate limited', scope: 'shared', retryAfterMs: 1500 }, 429, 'application/json'],
  ] as const satisfies [FaultKind, number, string][])(
    'befall a request once, before anything has happened: %o',
    async (kind, status, type) => {
      const fault = discord.faults.add({ kind, route: POST });
      const answer = await post();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(posted()).toBe(0);
      expect((await post()).status).toBe(200);
      expect(fault.hits()).toBe(1);
      await fault.spent;
    },
  );

  it.each(['user', 'shared', 'global'] as const)('send a 429 of scope %s with its headers', async (scope) => {
    discord.faults.add({ kind: { type: 'rate limited', scope, retryAfterMs: 1500 } });
    const { headers, body } = await post();
    expect(body).toMatchObject({ retry_after: 1.5, global: scope === 'global' });
    expect(headers.get('retry-after')).toBe('2');
    expect(headers.get('x-ratelimit-scope')).toBe(scope);
  });

  it('break the connection after the effect: the message is there and the client does not know', async () => {
    discord.faults.add({ kind: { type: 'reset' }, route: POST, afterEffect: true });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toBe(1);
    expect(discord.requests.at(-1)).toMatchObject({ route: POST, status: 0 });
  });

  it('break the connection before the effect', async () => {
    discord.faults.add({ kind: { type: 'reset' }, route: POST });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toBe(0);
  });

  it('answer 502 although the deed is done', async () => {
    discord.faults.add({ kind: { type: 'status', status: 502 }, route: POST, afterEffect: true });
    expect((await post()).status).toBe(502);
    expect(posted()).toBe(1);
  });

  it('after the effect wait for a request that has one', async () => {
    const fault = discord.faults.add({
      kind: { type: 'status', status: 502 },
      route: POST,
      afterEffect: true,
    });
    const empty = await api(discord, `POST /channels/${channel.id}/messages`, { body: {} });
    expect(empty.status).toBe(400);
    expect(fault.hits()).toBe(0);
  });

  it('let a number of requests pass, befall a number, and leave other routes alone', async () => {
    const fault = discord.faults.add({
      kind: { type: 'status', status: 500 },
      route: POST,
      skip: 1,
      times: 2,
    });
    expect((await api(discord, 'GET /users/@me')).status).toBe(200);
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
    expect(fault.hits()).toBe(2);
  });

  it('slow an answer down', async () => {
    discord.faults.add({ kind: { type: 'slow', delayMs: 60 }, route: POST });
    const start = performance.now();
    await post();
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  it('can be called off', async () => {
    discord.faults.add({ kind: { type: 'status', status: 500 }, times: 9 }).remove();
    expect((await post()).status).toBe(200);
  });

  it('of the client’s own making, dying in the middle of a request, are none of the stand-in’s', async () => {
    const { port } = new URL(discord.restUrl);
    const socket = connect(Number(port), '127.0.0.1');
    const head = [
      `POST /api/v10/channels/${channel.id}/messages HTTP/1.1`,
      'host: localhost',
      `authorization: Bot ${discord.token}`,
      'content-type: application/json',
      'content-length: 1000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"content":`);
    setTimeout(() => socket.destroy(), 30);
    await discord.until(() => discord.requests.length === 1);
    expect(discord.requests[0]).toMatchObject({ route: POST, status: 0 });
    expect(posted()).toBe(0);
  });
});
