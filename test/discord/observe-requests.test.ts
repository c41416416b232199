import { describe, expect, it } from 'vitest';
import type { RequestOutcome } from '../../src/contracts/request-outcome.js';
import { observing, routeOf } from '../../src/discord/observe-requests.js';

describe('observing', () => {
  it('tells the status of what came back, and 0 of what did not', async () => {
    const heard: RequestOutcome[] = [];
    const hear = (outcome: RequestOutcome) => heard.push(outcome);
    const response = new Response('', { status: 429 });
    const url = 'https://discord.com/api/v10/channels/12345678901234567/messages';
    await observing(async () => response as never, hear)(url, { method: 'post' } as never);
    const failing = observing(async () => Promise.reject(new Error('refused')), hear);
    await expect(failing(url, {} as never)).rejects.toThrow('refused');
    expect(heard).toMatchObject([
      { method: 'POST', route: '/channels/:id/messages', status: 429 },
      { method: 'GET', route: '/channels/:id/messages', status: 0 },
    ]);
  });
});

describe('routeOf', () => {
  it.each([
    ['/api/v10/channels/12345678901234567/messages/12345678901234568?x=1', '/channels/:id/messages/:id'],
    [
      '/api/v10/channels/12345678901234567/messages/12345678901234568/reactions/%F0%9F%94%81/@me',
      '/channels/:id/messages/:id/reactions/:emoji/@me',
    ],
    ['/api/v10/interactions/12345678901234567/secret-token/callback', '/interactions/:id/:token/callback'],
    [
      '/api/v10/webhooks/12345678901234567/secret-token/messages/@original',
      '/webhooks/:id/:token/messages/@original',
    ],
    ['/api/v10/gateway/bot', '/gateway/bot'],
  ])('leaves ids, tokens and emoji out of %s', (path, route) => {
    expect(routeOf(`https://discord.com${path}`)).toBe(route);
  });
});
