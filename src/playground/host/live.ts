import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Guard } from './guard.js';
import type { Thing, Wish } from './protocol.js';

/** Changes that come together are sent together. */
const GATHER_MS = 25;
const WISH_BYTES = 4096;

const wishSchema = z.object({
  viewer: z.string().optional(),
  happenings: z.boolean().optional(),
  reach: z.object({ channel: z.string(), messages: z.number().int().positive() }).optional(),
});

export interface LiveSettings {
  readonly guard: Guard;
  /** Everything there is to see for who wishes so. */
  readonly things: (wish: Wish) => Iterable<Thing>;
  /** Calls a function after every change, until the one it returns is called. */
  readonly listen: (look: () => void) => () => void;
}

export interface Live {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Keeps every open page up to date: after a change each is sent what now reads differently from what it was sent before. */
export function createLive({ guard, things, listen }: LiveSettings): Live {
  const server = new WebSocketServer({ noServer: true, maxPayload: WISH_BYTES });

  const serve = (socket: WebSocket) => {
    let wish: Wish = {};
    let timer: NodeJS.Timeout | undefined;
    const sent = new Map<string, string>();
    const send = () => {
      timer = undefined;
      const update = difference(sent, things(wish));
      if (update.put.length + update.drop.length > 0) socket.send(writeUpdate(update));
    };
    const soon = () => {
      timer ??= setTimeout(send, GATHER_MS);
    };
    const stopListening = listen(soon);
    socket.on('message', (raw) => {
      const result = wishSchema.safeParse(parse(String(raw)));
      if (!result.success) return socket.close(1007, 'Expected a wish.');
      wish = { ...wish, ...result.data };
      soon();
    });
    socket.on('close', () => {
      stopListening();
      clearTimeout(timer);
    });
    socket.on('error', () => socket.terminate());
  };

  return {
    upgrade(request, socket, head) {
      const { searchParams } = new URL(request.url ?? '/', 'ws://host');
      const isOurs = guard.isOurHost(request.headers.host) && guard.knows(searchParams.get('secret'));
      if (isOurs) server.handleUpgrade(request, socket, head, serve);
      else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

interface Written {
  /** JSON of things. */
  readonly put: readonly string[];
  readonly drop: readonly string[];
}

/** What reads differently from what was sent; `sent` is brought up to date. */
function difference(sent: Map<string, string>, things: Iterable<Thing>): Written {
  const put: string[] = [];
  const seen = new Set<string>();
  for (const thing of things) {
    const text = JSON.stringify(thing);
    seen.add(thing.key);
    if (sent.get(thing.key) === text) continue;
    sent.set(thing.key, text);
    put.push(text);
  }
  const drop = [...sent.keys()].filter((key) => !seen.has(key));
  for (const key of drop) sent.delete(key);
  return { put, drop };
}

/** An `Update`, from things that are JSON already. */
function writeUpdate({ put, drop }: Written): string {
  return `{"put":[${put.join(',')}],"drop":${JSON.stringify(drop)}}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
