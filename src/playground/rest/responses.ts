import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Refusal } from './error.js';
import type { Ruling } from './rate-limits.js';
import type { Reply } from './route.js';

type Headers = Readonly<Record<string, string>>;

/** Says that there is nothing to answer any more: the connection is gone. */
export const BROKEN: Response = RESPONSE_ALREADY_SENT;

export function replied({ status, body }: Reply, headers: Headers): Response {
  // A 204 must carry neither body nor content type, or the client waits for JSON.
  if (body === undefined) return new Response(null, { status, headers });
  return json(status, body, headers);
}

/** What is refused for a while says for how long in its body too. */
export function refused(refusal: Refusal, headers: Headers): Response {
  const retryAfter = refusal.headers['retry-after'];
  const wait = retryAfter === undefined ? {} : { retry_after: Number(retryAfter), global: false };
  return json(refusal.status, { ...refusal.body(), ...wait }, { ...headers, ...refusal.headers });
}

type Limit = Pick<Extract<Ruling, { allowed: false }>, 'scope' | 'retryAfterMs'> & {
  readonly headers?: Headers;
};

/** 429: whole seconds in the header, the exact time in the body. */
export function limited({ scope, retryAfterMs, headers = {} }: Limit): Response {
  const seconds = retryAfterMs / 1000;
  const global = scope === 'global';
  const body = { message: 'You are being rate limited.', code: 0, retry_after: seconds, global };
  return json(429, body, {
    ...headers,
    'retry-after': String(Math.max(1, Math.ceil(seconds))),
    'x-ratelimit-scope': scope,
    ...(global ? { 'x-ratelimit-global': 'true' } : {}),
  });
}

/** The proxy before Discord, to an address that it has banned: text, and none of Discord's own headers. */
export function banned(ms: number): Response {
  const headers = { 'content-type': 'text/plain', 'retry-after': String(Math.ceil(ms / 1000)) };
  return new Response('error code: 1015', { status: 429, headers });
}

/** A page of the proxy before Discord: HTML, not JSON. */
export function proxyError(status: number): Response {
  const page = `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>cloudflare</body></html>`;
  return new Response(page, { status, headers: { 'content-type': 'text/html' } });
}

export function json(status: number, body: unknown, headers: Headers): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
  });
}
