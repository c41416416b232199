import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { messageOf, UserError } from '../errors.js';
import type { Metrics } from './metrics.js';

export interface HealthOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>;
  /** What keeps the bot from painting, a sentence each; none when it is ready. */
  readonly troubles: () => readonly string[];
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers whoever watches the bot: `/healthz` (the process turns), `/readyz` (it is connected and can paint; 503 and the
 * reasons otherwise) and `/metrics` (Prometheus). It tells nothing of any person, prompt or server.
 *
 * @throws UserError when the address cannot be listened on.
 */
export async function serveHealth({ host, port, metrics, troubles }: HealthOptions): Promise<HealthServer> {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', (context) => {
    const found = troubles();
    return context.json(
      { status: found.length === 0 ? 'ready' : 'not ready', troubles: found },
      found.length === 0 ? 200 : 503,
    );
  });
  app.get('/metrics', async (context) =>
    context.body(await metrics.render(), 200, { 'content-type': metrics.contentType }),
  );
  const server = serve({ fetch: app.fetch, hostname: host, port });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (cause) =>
      reject(
        new UserError(
          `HTTP_PORT: ${host}:${port} cannot be listened on (${messageOf(cause)}); choose another port.`,
          { cause },
        ),
      ),
    );
  });
  return {
    port: (server.address() as AddressInfo).port, // Listening over TCP, it has an address with a port.
    close: () =>
      new Promise((resolve) => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
