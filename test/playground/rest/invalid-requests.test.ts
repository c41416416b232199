import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { api, settle } from '../api.js';
import { type ManualClock, manualClock } from '../manual-clock.js';

describe('invalid requests', () => {
  let discord: Discord;
  let clock: ManualClock;

  beforeEach(async () => {
    clock = manualClock();
    discord = await createDiscord({ clock, rateLimits: false, invalidRequests: 2 });
    settle(discord);
  });
  afterEach(() => discord.close());

  const wrong = () => api(discord, 'GET /users/@me', { token: 'wrong' });
  const right = () => api(discord, 'GET /users/@me');

  it('are answers of 401, 403 and 429, but no shared limits and no other refusals', async () => {
    await wrong();
    discord.faults.add({ kind: { type: 'refused', as: 'missingAccess' } });
    await right();
    expect(discord.invalidRequests()).toBe(2);
    discord.faults.add({ kind: { type: 'rate limited', scope: 'shared', retryAfterMs: 1 } });
    await right();
    await api(discord, 'GET /channels/1');
    expect(discord.invalidRequests()).toBe(2);
    discord.faults.add({ kind: { type: 'rate limited', scope: 'user', retryAfterMs: 1 } });
    await right();
    expect(discord.invalidRequests()).toBe(3);
  });

  it('beyond the allowance ban the address: a 429 without JSON, to everybody, for ten minutes', async () => {
    for (let n = 0; n < 3; n += 1) expect((await wrong()).status).toBe(401);
    const answer = await right();
    expect(answer).toMatchObject({ status: 429, body: 'error code: 1015' });
    expect(answer.headers.get('x-ratelimit-scope')).toBeNull();
    clock.advance(10 * 60_000);
    expect((await right()).status).toBe(200);
  });

  it('are forgotten after ten minutes', async () => {
    await wrong();
    clock.advance(10 * 60_000);
    expect(discord.invalidRequests()).toBe(0);
  });
});
