import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import type { FaultKind, Faults } from '../faults.js';
import { type Complaint, requireNone } from '../validation/complaint.js';
import type { Inspector } from '../validation/inspector.js';
import type { World } from '../world/world.js';
import { Refusal, refuse } from './error.js';
import { queryComplaints } from './query.js';
import type { RateLimiter, Ruling } from './rate-limits.js';
import type { Reply, Route } from './route.js';
import { readUpload } from './upload.js';

/** One request, as it came and as it was answered. */
export interface RequestRecord {
  /** `PATCH /channels/:channel/messages/:message` */
  readonly route: string;
  /** The path as it came, percent-encoded. */
  readonly path: string;
  readonly body: unknown;
  /** Names and sizes of the uploaded files. */
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  readonly at: number;
  /** 0 where the connection was broken instead of answered. */
  readonly status: number;
  /** Discord's own code, of a refusal. */
  readonly code: number | undefined;
}

export interface ServerSettings {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly limiter: RateLimiter | undefined;
  readonly faults: Faults;
  readonly inspector: Inspector;
  readonly record: (request: RequestRecord) => void;
}

type Sockets = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

/** The REST side: every route below `/api/v10`, each request through the same gates in the same order. */
export function createRest(settings: ServerSettings): Hono<Sockets> {
  const app = new Hono<Sockets>();
  for (const route of settings.routes) {
    app.on(route.method.toUpperCase(), `/api/v10${route.path}`, (context) =>
      answer(settings, route, context),
    );
  }
  app.all('/api/*', (context) => {
    const { method, path } = context.req;
    settings.inspector.violation({
      route: `${method} ${path}`,
      body: undefined,
      refusal: refuse('unknownRoute'),
    });
    return refusalResponse(refuse('unknownRoute'));
  });
  return app;
}

/** Fault, token, rate limit, body, description and rules, the deed itself, the answer's description: in this order. */
async function answer(settings: ServerSettings, route: Route, context: Context<Sockets>): Promise<Response> {
  const { world, faults, inspector } = settings;
  const name = `${route.method.toUpperCase()} ${route.path}`;
  const url = new URL(context.req.url);
  const upload = {
    body: undefined as unknown,
    files: new Map() as Awaited<ReturnType<typeof readUpload>>['files'],
  };
  const record = (status: number, code?: number) =>
    settings.record({
      route: name,
      path: url.pathname.replace(/^\/api\/v10/, ''),
      body: upload.body,
      files: [...upload.files.values()].map(({ filename, bytes }) => ({ filename, size: bytes.length })),
      at: world.clock.now(),
      status,
      code,
    });
  const respond = (response: Response, code?: number) => {
    record(response.status, code);
    return response;
  };
  const fault = faults.strike(name);
  let headers: Readonly<Record<string, string>> = {};
  try {
    Object.assign(upload, await readUpload(context.req.raw));
    if (fault !== undefined && !fault.afterEffect) {
      const struck = await suffer(fault.kind, context);
      if (struck !== undefined) return respond(struck);
    }
    requireToken(route, world, context);
    const params = pathParameters(context);
    const ruling = settings.limiter?.rule(route, params);
    if (ruling?.allowed === false) return respond(limited(ruling));
    headers = ruling?.headers ?? {};
    const call = { world, params, query: url.searchParams, ...upload };
    if (inspector.enabled) {
      const complaints: Complaint[] = [
        ...queryComplaints(route, url.searchParams),
        ...inspector.bodyComplaints(route, call),
      ];
      requireNone(complaints);
    }
    const reply = route.handle(call);
    inspector.checkAnswer(name, route, reply);
    if (fault?.afterEffect) {
      const struck = await suffer(fault.kind, context);
      if (struck !== undefined) return respond(struck);
    }
    return respond(replyResponse(reply, headers));
  } catch (error) {
    if (!(error instanceof Refusal)) {
      inspector.ownMistake(error);
      return respond(new Response(JSON.stringify({ message: String(error), code: 0 }), { status: 500 }));
    }
    inspector.refused({ route: name, body: upload.body, refusal: error });
    return respond(refusalResponse(error, headers), error.code);
  }
}

function requireToken(route: Route, world: World, context: Context): void {
  if (!route.needsBotToken) return;
  if (context.req.header('authorization') !== `Bot ${world.application.token}`) throw refuse('unauthorized');
}

function pathParameters(context: Context): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context.req.param() as Record<string, string>).map(([name, value]) => [name, value]),
  );
}

function replyResponse({ status, body }: Reply, headers: Readonly<Record<string, string>>): Response {
  // A 204 must carry neither body nor content type, or the client waits for JSON.
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
  });
}

function refusalResponse(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): Response {
  const retryAfter = refusal.headers['retry-after'];
  const extra = retryAfter === undefined ? {} : { retry_after: Number(retryAfter), global: false };
  return new Response(JSON.stringify({ ...refusal.body(), ...extra }), {
    status: refusal.status,
    headers: { ...headers, ...refusal.headers, 'content-type': 'application/json' },
  });
}

function limited({ scope, retryAfterMs, headers }: Extract<Ruling, { allowed: false }>): Response {
  const seconds = retryAfterMs / 1000;
  const body = { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' };
  return new Response(JSON.stringify(body), {
    status: 429,
    headers: {
      ...headers,
      'content-type': 'application/json',
      // Whole seconds in the header, the exact time in `reset-after` and in the body.
      'retry-after': String(Math.max(1, Math.ceil(seconds))),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    },
  });
}

/** What a fault answers; nothing for one that only delays. */
async function suffer(kind: FaultKind, context: Context<Sockets>): Promise<Response | undefined> {
  switch (kind.type) {
    case 'rate limited':
      return limited({ allowed: false, scope: kind.scope, retryAfterMs: kind.retryAfterMs, headers: {} });
    case 'status':
      return kind.status === 500
        ? new Response('{"message": "500: Internal Server Error", "code": 0}', {
            status: 500,
            headers: { 'content-type': 'application/json' },
          })
        : new Response(
            `<html><head><title>${kind.status}</title></head><body><center><h1>${kind.status}</h1></center></body></html>`,
            {
              status: kind.status,
              headers: { 'content-type': 'text/html' },
            },
          );
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, kind.delayMs));
      return undefined;
    case 'reset':
      context.env.incoming.socket.destroy();
      return new Response(null, { status: 500, headers: { 'x-broken': 'true' } });
  }
}
