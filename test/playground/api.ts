import type { Discord } from '../../src/playground/discord.js';
import type { Interaction } from '../../src/playground/world/interaction.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON, or the text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of every endpoint
  readonly body: any;
}

interface Asking {
  readonly body?: unknown;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly token?: string;
}

/** One request as any client would send it: `api(discord, 'GET /users/@me')`. */
export async function api(
  discord: Discord,
  line: string,
  { body, files, token }: Asking = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ');
  const headers: Record<string, string> = { authorization: `Bot ${token ?? discord.token}` };
  let payload: string | FormData | undefined;
  if (files !== undefined) {
    payload = new FormData();
    payload.set('payload_json', JSON.stringify(body ?? {}));
    for (const [n, { name, bytes }] of files.entries()) {
      payload.set(`files[${n}]`, new Blob([new Uint8Array(bytes)]), name);
    }
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers['content-type'] = 'application/json';
  }
  const init = payload === undefined ? {} : { body: payload };
  const response = await fetch(`${discord.restUrl}/v10${path}`, { method, headers, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A guild with a channel and a member, as most tests need one. */
export function settle(discord: Discord) {
  const guild = discord.addGuild({ name: 'Atelier' });
  const channel = discord.addChannel({ guild, name: 'pictures' });
  const ada = discord.addUser({ name: 'Ada', guilds: [guild] });
  return { guild, channel, ada };
}

/** The interaction that was sent last, as a bot would have received it. */
export function lastInteraction(discord: Discord): Interaction {
  const last = [...discord.world.interactions.values()].at(-1);
  if (last === undefined) throw new Error('Expected an interaction.');
  return last;
}

export const row = (...components: readonly object[]) => ({ type: 1, components });
export const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'Press',
  custom_id,
  ...more,
});
