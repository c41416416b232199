import { type Logger, pino } from 'pino';

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
  return pino({ level, base: null, redact: { paths, censor: '[redacted]' } }, destination);
}
