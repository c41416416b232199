import { EnvHttpProxyAgent, request } from 'undici';

/** What a server says to a GET, and the body as it comes. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { destroy(): unknown };
}

/** Asks for an address by GET; nothing is ever sent but the question. */
export interface Network {
  get(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** How long a server may say nothing. */
const SILENCE_MS = 60_000;
const MOST_REDIRECTS = 8;

/** The network through the proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). */
export function openNetwork(silenceMs = SILENCE_MS): Network {
  const dispatcher = unwarned(
    () => new EnvHttpProxyAgent({ bodyTimeout: silenceMs, headersTimeout: silenceMs }),
  );
  return {
    get: async (url, headers, signal) => {
      let address = url;
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
        const answer = await request(address, { method: 'GET', headers, signal, dispatcher });
        // Whoever reads the body sees its errors; who lets it go does not want to.
        answer.body.on('error', () => undefined);
        const plain = Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.at(-1) : value,
          ]),
        );
        const next = answer.statusCode >= 300 && answer.statusCode < 400 ? plain['location'] : undefined;
        if (next === undefined) return { status: answer.statusCode, headers: plain, body: answer.body };
        answer.body.destroy();
        address = redirected(address, next);
      }
      throw new Error(`it sends from one address to another more than ${MOST_REDIRECTS} times`);
    },
    close: () => dispatcher.close(),
  };
}

/** Its maker warns that it may change, which is ours to know, not that of the person who adds a model. */
function unwarned<Made>(make: () => Made): Made {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return make();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** @throws when the new address is of another kind, or gives up encryption. */
function redirected(from: string, to: string): string {
  const target = new URL(to, from);
  const allowed = from.startsWith('https:') ? ['https:'] : ['http:', 'https:'];
  if (!allowed.includes(target.protocol)) throw new Error(`it sends to ${target.protocol}//${target.host}`);
  return target.href;
}
