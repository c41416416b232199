import { type Logger, pino } from 'pino';
import { escapeControls } from './escape-controls.js';

export type { Logger };

/** Keys whose values never reach a log line, at the top and one level down. */
const SECRET_KEYS = ['token', 'authorization', 'DISCORD_TOKEN', 'DATABASE_URL', 'REDIS_URL', 'password'];

export interface LogOptions {
  /** pino level: `trace | debug | info | warn | error | fatal | silent`. */
  readonly level: string;
  /** Where lines go; standard error by default, so that standard output stays for results. */
  readonly destination?: NodeJS.WritableStream;
}

/** A JSON-lines logger; children carry job ids (`log.child({ job })`). */
export function createLog({ level, destination = process.stderr }: LogOptions): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`]);
  const redact = { paths, censor: '[redacted]' };
  // JSON lets through what some terminals obey.
  const shown = { write: (line: string) => void destination.write(escapeControls(line)) };
  return pino({ level, base: null, redact, serializers: { err: describeError } }, shown);
}

/** The token of an interaction or a webhook, as it stands in Discord's addresses. */
const TOKEN_IN_URL = /\/(interactions|webhooks)\/(\d+)\/[^/?]+/g;

/**
 * An error for a log line. What a request to Discord carried stays out of it: files are megabytes, prompts are nobody's
 * business, and the address of an answer holds its token.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { requestBody: _, ...described } = pino.stdSerializers.err(error);
  const url = described['url'];
  return typeof url === 'string'
    ? { ...described, url: url.replace(TOKEN_IN_URL, '/$1/$2/[redacted]') }
    : described;
}
