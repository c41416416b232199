import type { RESTOptions } from 'discord.js';
import type { RequestOutcome } from '../contracts/request-outcome.js';

type MakeRequest = RESTOptions['makeRequest'];

/** `makeRequest` that also tells how each request came back and how long that took. */
export function observing(
  makeRequest: MakeRequest,
  onRequest: (outcome: RequestOutcome) => void,
): MakeRequest {
  return async (url, init) => {
    const begunAt = performance.now();
    const tell = (status: number) =>
      onRequest({
        method: (init.method ?? 'GET').toUpperCase(),
        route: routeOf(url),
        status,
        seconds: (performance.now() - begunAt) / 1000,
      });
    try {
      const response = await makeRequest(url, init);
      tell(response.status);
      return response;
    } catch (error) {
      tell(0);
      throw error;
    }
  };
}

/** `/channels/123/messages/456?x` → `/channels/:id/messages/:id`; tokens and emoji are left out as well. */
export function routeOf(url: string): string {
  const path = new URL(url).pathname.replace(/^.*?\/v\d+(?=\/)/, '');
  return path
    .replace(/\/\d{16,20}(?=\/|$)/g, '/:id')
    .replace(/\/reactions\/[^/]+/, '/reactions/:emoji')
    .replace(/^(\/(?:interactions|webhooks)\/:id)\/[^/]+/, '$1/:token');
}
