import { RatelimitedResponseSchema } from 'discord-api-spec/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { api, settle } from '../api.js';

describe('rate limits', () => {
  let discord: Discord;
  let clock: ManualClock;

  const start = async (rateLimits = {}) => {
    clock = manualClock();
    discord = await createDiscord({ clock, rateLimits });
  };
  beforeEach(() => start());
  afterEach(() => discord.close());

  it('allow five messages in five seconds per channel and say so in the headers', async () => {
    const { guild, channel } = settle(discord);
    const other = discord.addChannel({ guild, name: 'other' });
    const post = (id: string) => api(discord, `POST /channels/${id}/messages`, { body: { content: 'x' } });
    for (let left = 4; left >= 0; left -= 1) {
      const { status, headers } = await post(channel.id);
      expect(status).toBe(200);
      expect(headers.get('x-ratelimit-limit')).toBe('5');
      expect(headers.get('x-ratelimit-remaining')).toBe(`${left}`);
      expect(headers.get('x-ratelimit-reset-after')).toBe('5.000');
    }
    clock.advance(1_500);
    const refused = await post(channel.id);
    expect(refused).toMatchObject({ status: 429, body: { retry_after: 3.5, global: false } });
    expect(RatelimitedResponseSchema.safeParse(refused.body).success).toBe(true);
    expect(refused.headers.get('retry-after')).toBe('4');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    const elsewhere = await post(other.id);
    expect(elsewhere.status).toBe(200);
    expect(elsewhere.headers.get('x-ratelimit-bucket')).toBe(refused.headers.get('x-ratelimit-bucket'));
    clock.advance(3_500);
    expect((await post(channel.id)).status).toBe(200);
    expect(discord.read({ channel })).toHaveLength(6);
  });

  it('count edits apart from new messages', async () => {
    const { channel } = settle(discord);
    const path = `/channels/${channel.id}/messages`;
    const { body } = await api(discord, `POST ${path}`, { body: { content: 'x' } });
    for (let n = 0; n < 5; n += 1)
      await api(discord, `PATCH ${path}/${body.id}`, { body: { content: `${n}` } });
    expect((await api(discord, `PATCH ${path}/${body.id}`, { body: { content: 'x' } })).status).toBe(429);
    expect((await api(discord, `POST ${path}`, { body: { content: 'x' } })).status).toBe(200);
  });

  it('hold all routes together to a number a second', async () => {
    await discord.close();
    await start({ global: 3 });
    const ask = () => api(discord, 'GET /users/@me');
    for (let n = 0; n < 3; n += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, body: { global: true } });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('global');
    clock.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  it('can be run through faster', async () => {
    await discord.close();
    await start({ scale: 0.01 });
    const { channel } = settle(discord);
    const post = () => api(discord, `POST /channels/${channel.id}/messages`, { body: { content: 'x' } });
    for (let n = 0; n < 5; n += 1) expect((await post()).status).toBe(200);
    expect((await post()).body.retry_after).toBe(0.05);
    clock.advance(50);
    expect((await post()).status).toBe(200);
  });
});
