import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { FaultKind } from '../faults.js';
import { refusalNamed } from './error.js';
import { BROKEN, json, limited, proxyError, refused } from './responses.js';

/** What node's HTTP server hands to hono with each request. */
export type Sockets = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

/** An answer in the place of the right one, and Discord's own code where it has one. */
export interface Suffered {
  readonly response: Response;
  readonly code?: number;
}

/** Carries a fault out: the answer it puts in the place of the right one; none where it only delays. */
export async function suffer(
  kind: FaultKind | undefined,
  context: Context<Sockets>,
): Promise<Suffered | undefined> {
  switch (kind?.type) {
    case undefined:
      return undefined;
    case 'rate limited':
      return { response: limited(kind) };
    case 'status':
      return {
        response:
          kind.status === 500
            ? json(500, { message: '500: Internal Server Error', code: 0 }, {})
            : proxyError(kind.status),
      };
    case 'refused': {
      const refusal = refusalNamed(kind.as);
      return { response: refused(refusal, {}), code: refusal.code };
    }
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, kind.delayMs));
      return undefined;
    case 'reset':
      context.env.incoming.socket.destroy();
      return { response: BROKEN };
  }
}
