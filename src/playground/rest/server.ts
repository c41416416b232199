import { type Context, Hono } from 'hono';
import type { Faults } from '../faults.js';
import { requireNone } from '../validation/complaint.js';
import type { Inspector } from '../validation/inspector.js';
import type { World } from '../world/world.js';
import { Refusal, refuse } from './error.js';
import type { InvalidRequests } from './invalid-requests.js';
import { queryComplaints } from './query.js';
import type { RateLimiter } from './rate-limits.js';
import { BROKEN, banned, json, limited, refused, replied } from './responses.js';
import type { Route } from './route.js';
import { type Sockets, suffer } from './suffer.js';
import { NOTHING, readUpload } from './upload.js';

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
  /** What went back, where it was JSON. */
  readonly answer: unknown;
  readonly durationMs: number;
}

export interface ServerSettings {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly limiter: RateLimiter | undefined;
  readonly invalid: InvalidRequests;
  readonly faults: Faults;
  readonly inspector: Inspector;
  readonly record: (request: RequestRecord) => void;
}

/** The REST side: every route below `/api/v10`, each request through the same gates in the same order. */
export function createRest(settings: ServerSettings): Hono<Sockets> {
  // Clients write `@me` and `@original` percent-encoded or not.
  const getPath = ({ url }: Request) => new URL(url).pathname.replaceAll('%40', '@');
  const app = new Hono<Sockets>({ getPath });
  for (const route of settings.routes) {
    app.on(route.method.toUpperCase(), `/api/v10${route.path}`, (context) =>
      answer(settings, route, context),
    );
  }
  app.all('/api/*', (context) => {
    const { method, path } = context.req;
    const refusal = refuse('unknownRoute');
    settings.inspector.violation({ route: `${method} ${path}`, body: undefined, refusal });
    return refused(refusal, {});
  });
  return app;
}

/** Fault, token, rate limit, body, description and rules, the deed itself, the answer's description: in this order. */
async function answer(settings: ServerSettings, route: Route, context: Context<Sockets>): Promise<Response> {
  const { world, faults, inspector, invalid } = settings;
  const name = `${route.method.toUpperCase()} ${route.path}`;
  const url = new URL(context.req.url);
  const begun = performance.now();
  let upload = NOTHING;
  const respond = (response: Response, { code, answer }: { code?: number; answer?: unknown } = {}) => {
    if (response !== BROKEN) {
      invalid.note(response);
      response.headers.set('date', new Date(world.clock.now()).toUTCString());
    }
    settings.record({
      route: name,
      path: url.pathname.replace(/^\/api\/v10/, ''),
      body: upload.body,
      files: [...upload.files.values()].map(({ filename, bytes }) => ({ filename, size: bytes.length })),
      at: world.clock.now(),
      status: response === BROKEN ? 0 : response.status,
      code,
      answer,
      durationMs: performance.now() - begun,
    });
    return response;
  };
  let headers: Readonly<Record<string, string>> = {};
  try {
    const received = await readUpload(context.req.raw);
    if (received === undefined) return respond(BROKEN);
    upload = received;
    if (invalid.bannedMs() > 0) return respond(banned(invalid.bannedMs()));
    const before = await suffer(faults.strike(name, 'before'), context);
    if (before !== undefined) return respond(before.response, before);
    requireToken(route, world, context);
    const params: Readonly<Record<string, string>> = context.req.param();
    const ruling = settings.limiter?.rule(route, params);
    if (ruling?.allowed === false) return respond(limited(ruling));
    headers = ruling?.headers ?? {};
    const call = { world, params, query: url.searchParams, ...upload };
    if (inspector.enabled) {
      requireNone([...queryComplaints(route, url.searchParams), ...inspector.bodyComplaints(route, call)]);
    }
    const reply = route.handle(call);
    inspector.checkAnswer(name, route, reply);
    const after = await suffer(faults.strike(name, 'after'), context);
    if (after !== undefined) return respond(after.response, after);
    return respond(replied(reply, headers), { answer: reply.body });
  } catch (error) {
    if (error instanceof Refusal) {
      inspector.refused({ route: name, body: upload.body, refusal: error });
      return respond(refused(error, headers), { code: error.code, answer: error.body() });
    }
    inspector.ownMistake(error);
    return respond(json(500, { message: String(error), code: 0 }, {}));
  }
}

function requireToken(route: Route, world: World, context: Context): void {
  if (!route.needsBotToken) return;
  if (context.req.header('authorization') !== `Bot ${world.application.token}`) throw refuse('unauthorized');
}
