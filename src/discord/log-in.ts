import { once } from 'node:events';
import { type Client, DiscordAPIError, HTTPError, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import { WebSocket } from 'ws';
import type { PatientClock } from '../clock.js';
import { messageOf, UserError } from '../errors.js';
import type { Logger } from '../log.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export interface LoggingIn {
  readonly client: Client;
  readonly token: string;
  readonly apiUrl: string;
  readonly clock: PatientClock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Waits until Discord can be reached and lets the bot in. A machine that has just started has no network yet, and Discord
 * is down now and then: such troubles are waited out, with growing pauses. Nothing is counted against the day's sessions
 * before it is known that one can be had.
 *
 * @throws UserError when the token is wrong or the address is not Discord's; AbortError when the signal comes first.
 */
export async function awaitDiscord({ client, token, apiUrl, clock, log, signal }: LoggingIn): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    let waitMs = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
    try {
      client.rest.setToken(token);
      const answer = (await client.rest.get(Routes.gatewayBot(), { signal })) as RESTGetAPIGatewayBotResult;
      const { remaining, reset_after: resetMs } = answer.session_start_limit;
      if (remaining > 0) return await expectOpen(answer.url, signal);
      waitMs = resetMs;
      log.error({ waitMs }, 'Discord lets the bot begin no more sessions today; waiting until it does');
    } catch (error) {
      signal.throwIfAborted();
      const lasting = lastingTrouble(error, apiUrl);
      if (lasting) throw lasting;
      log.warn({ reason: messageOf(error), waitMs }, `Discord cannot be reached at ${apiUrl}; trying again`);
    }
    await clock.sleep(waitMs, signal);
  }
}

/**
 * Opens a connection to the gateway and closes it without a word, which counts as no session: once discord.js itself has
 * failed to connect, it has to be made anew.
 */
async function expectOpen(url: string, signal: AbortSignal): Promise<void> {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  try {
    await once(socket, 'open', { signal });
  } finally {
    socket.on('error', () => {});
    socket.terminate();
  }
}

/** What no waiting mends. */
function lastingTrouble(error: unknown, apiUrl: string): UserError | undefined {
  const status = error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : 0;
  if (status === 401) return wrongToken(error);
  const isOurs = status >= 400 && status < 500 && status !== 429;
  return isOurs
    ? new UserError(`Discord does not answer as itself at ${apiUrl} (${status}): check DISCORD_API_URL.`, {
        cause: error,
      })
    : undefined;
}

export function wrongToken(cause: unknown): UserError {
  return new UserError(
    'Discord does not know `DISCORD_TOKEN`: copy the token again from the Bot page of your application (Reset Token).',
    { cause },
  );
}

const REASONS: Readonly<Record<number, string>> = {
  4004: 'it no longer knows `DISCORD_TOKEN`; copy the token again from the Bot page of your application (Reset Token)',
  4010: 'it does not know the shard that was asked for',
  4011: 'the bot is in more servers than one connection may serve, and Easel opens only one: it cannot run there before sharding; leave servers, or run a second application for some of them',
  4013: 'it does not know the intents that were asked for; is this version of Easel too old?',
  4014: 'the application lacks an intent that was asked for; switch it on on the Bot page of your application',
};

/** The sentence for a connection that Discord closed and will not have again. */
export function expelled(code: number): UserError {
  const reason = REASONS[code] ?? 'check `DISCORD_TOKEN` and that the application still exists';
  return new UserError(`Discord closed the connection for good (code ${code}): ${reason}.`);
}
