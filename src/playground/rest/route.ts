import type { Complaint } from '../validation/complaint.js';
import type { Schema } from '../validation/schema.js';
import type { UploadedFile } from '../world/attachments.js';
import type { World } from '../world/world.js';

export interface Call<Body = unknown> {
  readonly world: World;
  /** What the `:names` of the path stand for, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body, or a multipart request's `payload_json`. */
  readonly body: Body;
  /** Uploaded files by the n of their `files[n]`. */
  readonly files: ReadonlyMap<string, UploadedFile>;
}

export interface Reply {
  readonly status: number;
  /** Absent for 204. */
  readonly body?: unknown;
}

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v10`; names in it that start with a colon are parameters. */
  readonly path: string;
  /** False where the path itself carries a token. */
  readonly needsBotToken: boolean;
  readonly limit: RateLimit;
  readonly queryRules: Readonly<Record<string, QueryRule>>;
  readonly bodySchema: Schema | undefined;
  /** What Discord's description of the body leaves out. */
  readonly bodyRules: (call: Call) => readonly Complaint[];
  /** What the answer has to be; a 204 has none. */
  readonly answer: Schema | undefined;
  readonly handle: (call: Call) => Reply;
}

/** What a query parameter may be. */
export type QueryRule = 'snowflake' | 'boolean' | { readonly min: number; readonly max: number };

interface RouteSettings<Body> {
  readonly on: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  readonly needsBotToken?: boolean;
  readonly limit?: RateLimit;
  readonly query?: Readonly<Record<string, QueryRule>>;
  readonly body?: Schema;
  readonly rules?: (call: Call<Body>) => readonly Complaint[];
  readonly answer?: Schema;
  readonly handle: (call: Call<Body>) => Reply;
}

/** Discord publishes no limits; these are of the usual size of what its headers say. */
const USUAL_LIMIT: RateLimit = { requests: 50, windowMs: 1_000 };

/**
 * One endpoint: `route({ on: 'GET /channels/:channel', handle })`.
 *
 * @typeParam Body what the handler takes the body for, once `body` and `rules` have let it through.
 */
export function route<Body = undefined>(settings: RouteSettings<Body>): Route {
  const [method, path] = settings.on.split(' ') as [string, string]; // by its type
  const checked = (call: Call) => call as Call<Body>; // the schema, and then the rules, see to it
  return {
    method: method.toLowerCase() as Route['method'], // by its type
    path,
    needsBotToken: settings.needsBotToken ?? true,
    limit: settings.limit ?? USUAL_LIMIT,
    queryRules: settings.query ?? {},
    bodySchema: settings.body,
    bodyRules: (call) => settings.rules?.(checked(call)) ?? [],
    answer: settings.answer,
    handle: (call) => settings.handle(checked(call)),
  };
}

/** A parameter the path of this route has. */
export function param({ params }: Pick<Call, 'params'>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`Expected the path to have a parameter \`:${name}\`.`);
  return value;
}
