import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { UserError } from './errors.js';
import type { WordLists } from './moderation/word-list.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** One sentence for a variable that holds something else than `expected`. */
function expected(name: string, description: string) {
  return (issue: { readonly input?: unknown }) =>
    issue.input === undefined
      ? `Expected \`${name}\` to be ${description}, but it is not set.`
      : `Expected \`${name}\` to be ${description}, got \`${String(issue.input)}\`.`;
}

interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

function numberIn(name: string, { min, max, fallback }: NumberRule, whole: boolean) {
  const description = `${whole ? 'a whole number' : 'a number'} between ${min} and ${max}`;
  const isValid = (text: string) => {
    const value = Number(text);
    return text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value));
  };
  return z
    .string()
    .refine(isValid, { error: expected(name, description) })
    .transform(Number)
    .default(fallback);
}

const wholeNumber = (name: string, rule: NumberRule) => numberIn(name, rule, true);
const share = (name: string, rule: NumberRule) => numberIn(name, rule, false);
const seconds = (name: string, rule: NumberRule) => numberIn(name, rule, false);

function oneOf<const T extends readonly string[]>(name: string, values: T, fallback: T[number]) {
  return z.enum(values, { error: expected(name, `one of ${values.join(', ')}`) }).default(fallback as never);
}

const SNOWFLAKE = /^\d{17,20}$/;

function snowflakes(name: string) {
  return z
    .string()
    .default('')
    .refine((text) => idsIn(text).every((id) => SNOWFLAKE.test(id)), {
      error: expected(name, 'Discord ids (17 to 20 digits) separated by commas'),
    })
    .transform(idsIn);
}

function idsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((id) => id !== '');
}

/** Words and phrases, separated by commas. */
function entriesIn(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function snowflake(name: string) {
  return z
    .string()
    .regex(SNOWFLAKE, { error: expected(name, 'a Discord id (17 to 20 digits)') })
    .optional();
}

const PROVIDERS = ['auto', 'cuda', 'webgpu', 'coreml', 'dml', 'cpu'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every variable the bot reads; `.env.example` explains each in the same order. */
const environmentSchema = z.object({
  DISCORD_TOKEN: z
    .string({
      error: () =>
        '`DISCORD_TOKEN` is not set: put the token from the Bot page of your application into .env.',
    })
    .regex(/^\S+$/, {
      error: () => 'Expected `DISCORD_TOKEN` to hold no spaces; copy it again from the Bot page.',
    }),
  COMMANDS_GUILD: snowflake('COMMANDS_GUILD'),
  OPERATORS: snowflakes('OPERATORS'),
  ADMIN_ROLE: snowflake('ADMIN_ROLE'),
  DATA_DIR: z.string().default(envPaths('easel', { suffix: '' }).data),
  LOG_LEVEL: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  MODEL: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/i, { error: expected('MODEL', 'the name of a model, such as pocket') })
    .default('pocket'),
  PROVIDER: oneOf('PROVIDER', PROVIDERS, 'auto'),
  THREADS: wholeNumber('THREADS', { min: 0, max: 256, fallback: 0 }),
  PAINTERS: wholeNumber('PAINTERS', { min: 1, max: 16, fallback: 1 }),
  MAX_STEPS: wholeNumber('MAX_STEPS', { min: 1, max: 2000, fallback: 500 }),
  MAX_SIDE: wholeNumber('MAX_SIDE', { min: 32, max: 2048, fallback: 512 }),
  MAX_QUEUED_PER_USER: wholeNumber('MAX_QUEUED_PER_USER', { min: 1, max: 100_000, fallback: 3 }),
  MAX_QUEUED_PER_SERVER: wholeNumber('MAX_QUEUED_PER_SERVER', { min: 1, max: 100_000, fallback: 100 }),
  MAX_QUEUED: wholeNumber('MAX_QUEUED', { min: 1, max: 100_000, fallback: 1000 }),
  MAX_PER_MINUTE: wholeNumber('MAX_PER_MINUTE', { min: 1, max: 100_000, fallback: 10 }),
  RETENTION_DAYS: wholeNumber('RETENTION_DAYS', { min: 1, max: 3650, fallback: 90 }),
  FRAME_SECONDS: seconds('FRAME_SECONDS', { min: 1, max: 60, fallback: 2.5 }),
  ADULT_LIMIT: share('ADULT_LIMIT', { min: 0, max: 1, fallback: 0.8 }),
  BLOCKED_WORDS: z.string().default('').transform(entriesIn),
  ALLOWED_WORDS: z.string().default('').transform(entriesIn),
  HTTP_PORT: wholeNumber('HTTP_PORT', { min: 0, max: 65_535, fallback: 0 }),
  HTTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: expected('HTTP_HOST', 'an address such as 127.0.0.1') })
    .default('127.0.0.1'),
  DISCORD_API_URL: z.url({ error: expected('DISCORD_API_URL', 'a URL') }).default('https://discord.com/api'),
});

export interface Config {
  readonly discord: {
    readonly token: string;
    /** REST root without the version: Discord's, or a stand-in's. */
    readonly apiUrl: string;
    /** Register commands in this guild only (seen at once), not globally. */
    readonly commandsGuild: string | undefined;
    /** Shortest time between two edits in one channel. */
    readonly editIntervalMs: number;
  };
  readonly moderation: {
    /** Users who may rule the queue everywhere. */
    readonly operators: readonly string[];
    /** A role whose members may rule their own server's queue. */
    readonly adminRole: string | undefined;
  };
  /** Where health and metrics are served; null when nowhere. */
  readonly http: { readonly host: string; readonly port: number } | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly painting: {
    readonly model: string;
    readonly provider: (typeof PROVIDERS)[number];
    /** Threads a painter; 0: as many as the machine has cores. */
    readonly threads: number;
    /** Painter processes. */
    readonly painters: number;
  };
  readonly limits: {
    readonly steps: number;
    /** Pixels. */
    readonly side: number;
    readonly queuedPerUser: number;
    readonly queuedPerServer: number;
    readonly queued: number;
    /** Pictures one person may ask for within a minute. */
    readonly perMinute: number;
    /** How surely a picture may show adult content, 0…1, before it is held back. */
    readonly adult: number;
    readonly words: WordLists;
    /** How long pictures that ended are remembered. */
    readonly retentionDays: number;
  };
}

/**
 * Reads the bot's settings from environment variables; an empty variable counts as not set.
 *
 * @throws UserError with one sentence for each mistake, all at once.
 */
export function readConfig(environment: Environment): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(filled);
  if (!result.success) throw new UserError(result.error.issues.map((issue) => issue.message).join('\n'));
  const env = result.data;
  return {
    discord: {
      token: env.DISCORD_TOKEN,
      apiUrl: env.DISCORD_API_URL.replace(/\/+$/, ''),
      commandsGuild: env.COMMANDS_GUILD,
      editIntervalMs: env.FRAME_SECONDS * 1000,
    },
    moderation: { operators: env.OPERATORS, adminRole: env.ADMIN_ROLE },
    http: env.HTTP_PORT === 0 ? null : { host: env.HTTP_HOST, port: env.HTTP_PORT },
    dataDir: resolve(env.DATA_DIR),
    logLevel: env.LOG_LEVEL,
    painting: { model: env.MODEL, provider: env.PROVIDER, threads: env.THREADS, painters: env.PAINTERS },
    limits: {
      steps: env.MAX_STEPS,
      side: env.MAX_SIDE,
      queuedPerUser: env.MAX_QUEUED_PER_USER,
      queuedPerServer: env.MAX_QUEUED_PER_SERVER,
      queued: env.MAX_QUEUED,
      perMinute: env.MAX_PER_MINUTE,
      adult: env.ADULT_LIMIT,
      words: { blocked: env.BLOCKED_WORDS, allowed: env.ALLOWED_WORDS },
      retentionDays: env.RETENTION_DAYS,
    },
  };
}

/** Where settings are read from, in the working folder. */
export const ENV_FILE = '.env';

/**
 * Adds the variables of `.env` in the working folder to the environment, where it does not have them already.
 *
 * @throws UserError where something else than a file stands there, which could not be read to an end.
 */
export function loadDotEnv(path = ENV_FILE): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return;
  if (!facts.isFile()) throw new UserError(`Expected \`${path}\` to be a file with settings.`);
  process.loadEnvFile(path);
}
