import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Route } from './route.js';

export interface RateLimitSettings {
  /** Multiplies every window: 0.1 makes five requests in 5 s five in half a second. 1 by default. */
  readonly scale?: number;
  /** Requests a second over all routes that need the bot's token; 50 by default. */
  readonly global?: number;
}

export type RateLimitScope = 'user' | 'shared' | 'global';

/** The answer of the limiter: headers for a request that may pass, or how long to wait. */
export type Ruling =
  | { readonly allowed: true; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly allowed: false;
      readonly scope: RateLimitScope;
      readonly retryAfterMs: number;
      readonly headers: Readonly<Record<string, string>>;
    };

interface Window {
  endsAt: number;
  used: number;
}

export interface RateLimiter {
  rule(route: Route, params: Readonly<Record<string, string>>): Ruling;
}

/**
 * Discord's buckets: one for each route and major parameter (channel, guild, or webhook with its token), refilled as
 * a whole when its window ends; and one for everything.
 */
export function createRateLimiter(clock: Clock, { scale = 1, global = 50 }: RateLimitSettings): RateLimiter {
  const buckets = new Map<string, Window>();
  const everything: Window = { endsAt: 0, used: 0 };
  const current = (window: Window, windowMs: number): Window => {
    if (clock.now() < window.endsAt) return window;
    window.endsAt = clock.now() + windowMs * scale;
    window.used = 0;
    return window;
  };
  return {
    rule(route, params) {
      const { limit } = route;
      const name = bucketName(route);
      const key = `${name}:${params['channel'] ?? params['guild'] ?? ''}:${params['token'] ?? ''}`;
      const bucket = buckets.get(key) ?? { endsAt: 0, used: 0 };
      buckets.set(key, bucket);
      current(bucket, limit.windowMs);
      const headersOf = (remaining: number) => ({
        'x-ratelimit-limit': String(limit.requests),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': (bucket.endsAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': ((bucket.endsAt - clock.now()) / 1000).toFixed(3),
        'x-ratelimit-bucket': name,
      });
      if (bucket.used >= limit.requests) {
        return {
          allowed: false,
          scope: 'user',
          retryAfterMs: bucket.endsAt - clock.now(),
          headers: headersOf(0),
        };
      }
      if (route.needsBotToken) {
        current(everything, 1_000);
        if (everything.used >= global) {
          return {
            allowed: false,
            scope: 'global',
            retryAfterMs: everything.endsAt - clock.now(),
            headers: {},
          };
        }
        everything.used += 1;
      }
      bucket.used += 1;
      return { allowed: true, headers: headersOf(limit.requests - bucket.used) };
    },
  };
}

function bucketName({ method, path }: Route): string {
  return createHash('sha256').update(`${method} ${path}`).digest('hex').slice(0, 32);
}
