import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';

/** Header in which the page sends the secret; a socket, which cannot set one, sends it as `secret` in its query. */
export const SECRET_HEADER = 'x-playground-secret';

/**
 * Keeps other origins out. A page elsewhere can make a browser send requests here, but cannot read our page, which holds the
 * secret of this start; and one that has its own name resolve to this machine comes with that name as its host.
 */
export interface Guard {
  readonly secret: string;
  /** Whether a `Host` header names this machine by address, by `localhost`, or by the name it was asked to serve. */
  isOurHost(header: string | undefined): boolean;
  knows(secret: string | null | undefined): boolean;
}

export function createGuard(host: string): Guard {
  const secret = randomBytes(24).toString('base64url');
  const expected = Buffer.from(secret);
  return {
    secret,
    isOurHost(header) {
      const name = hostName(header);
      if (name === undefined) return false;
      // A name can be made to point anywhere; an address cannot.
      return name === 'localhost' || name === host.toLowerCase() || isIP(name) !== 0;
    },
    knows(given) {
      const bytes = Buffer.from(given ?? '');
      return bytes.length === expected.length && timingSafeEqual(bytes, expected);
    },
  };
}

/** `[::1]:80` → `::1`, `localhost:4141` → `localhost`. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:\s/@]+))(?::\d+)?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
