import { Hono } from 'hono';
import { z } from 'zod';
import { createCdn } from '../cdn.js';
import type { UploadedFile } from '../world/attachments.js';
import type { World } from '../world/world.js';
import { OptionError } from '../person/option-error.js';
import type { Act } from './acts/act.js';
import { type Guard, SECRET_HEADER } from './guard.js';
import type { ActResult } from './protocol.js';
import type { Site } from './site.js';

/** Everything comes from here, and nothing goes elsewhere. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** What people upload may be anything, a page with scripts too. */
const FILE_POLICY =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

export interface AppSettings {
  readonly guard: Guard;
  readonly site: Site;
  readonly world: World;
  readonly acts: Readonly<Record<string, Act>>;
  /** A request or an event as a whole. */
  readonly happening: (n: number) => unknown;
  /** All of them, for a file. */
  readonly happenings: () => unknown;
}

/** The page, its files, and what it asks for. */
export function createApp({ guard, site, world, acts, happening, happenings }: AppSettings): Hono {
  const app = new Hono();
  app.use(async ({ req, text }, next) => {
    if (!guard.isOurHost(req.header('host'))) {
      return text('Expected this address by its numbers or as localhost.', 421);
    }
    await next();
    return undefined;
  });
  app.use(async (context, next) => {
    await next();
    const isFile = context.req.path.startsWith('/attachments/');
    context.header('content-security-policy', isFile ? FILE_POLICY : PAGE_POLICY);
    context.header('cross-origin-resource-policy', 'same-origin');
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    if (!isFile) context.header('cache-control', 'no-store');
  });
  app.get('/', ({ html }) => html(site.html(guard.secret)));
  app.get('/assets/:name', ({ req, body, notFound }) => {
    const asset = site.asset(req.param('name'));
    return asset === undefined ? notFound() : body(asset.bytes, 200, { 'content-type': asset.type });
  });
  app.route('/', createCdn(world));

  const requireSecret = new Hono();
  requireSecret.use(async ({ req, json }, next) => {
    if (!guard.knows(req.header(SECRET_HEADER))) {
      return json({ ok: false, error: 'Expected the secret of this start; load the page again.' }, 403);
    }
    await next();
    return undefined;
  });
  requireSecret.post('/act/:name', async ({ req, json }) => {
    const act = acts[req.param('name')];
    if (act === undefined) return json({ ok: false, error: 'There is no such act.' }, 404);
    return json(await perform(act, await req.formData()));
  });
  requireSecret.get('/happenings', ({ json }) => json(happenings()));
  requireSecret.get('/happenings/:n', ({ req, json }) => json(happening(Number(req.param('n'))) ?? null));
  app.route('/', requireSecret);
  return app;
}

async function perform(act: Act, form: FormData): Promise<ActResult> {
  try {
    const files = new Map<string, UploadedFile>();
    for (const [name, value] of form) {
      if (typeof value === 'string') continue;
      files.set(name, { filename: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
    return await act.run({ input: JSON.parse(String(form.get('input') ?? '{}')), files });
  } catch (error) {
    if (error instanceof z.ZodError) return { ok: false, error: z.prettifyError(error) };
    const sentence = error instanceof Error ? error.message : String(error);
    return { ok: false, error: sentence, ...(error instanceof OptionError ? { option: error.option } : {}) };
  }
}
