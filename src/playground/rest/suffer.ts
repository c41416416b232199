import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { FaultKind } from '../faults.js';
import { BROKEN, json, limited, proxyError } from './responses.js';

/** What node's HTTP server hands to hono with each request. */
export type Sockets = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

/** Carries a fault out: the answer it puts in the place of the right one; none where it only delays. */
export async function suffer(
  kind: FaultKind | undefined,
  context: Context<Sockets>,
): Promise<Response | undefined> {
  switch (kind?.type) {
    case undefined:
      return undefined;
    case 'rate limited':
      return limited(kind);
    case 'status':
      return kind.status === 500
        ? json(500, { message: '500: Internal Server Error', code: 0 }, {})
        : proxyError(kind.status);
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, kind.delayMs));
      return undefined;
    case 'reset':
      context.env.incoming.socket.destroy();
      return BROKEN;
  }
}
