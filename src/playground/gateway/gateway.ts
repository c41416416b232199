import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Inspector } from '../validation/inspector.js';
import type { Dispatch, World } from '../world/world.js';
import { Connection, send } from './connection.js';
import { createGreetings } from './greetings.js';
import type { IdentifyBudget } from './identify-budget.js';
import type { Session } from './session.js';

export interface GatewaySettings {
  readonly world: () => World;
  readonly inspector: Inspector;
  readonly budget: IdentifyBudget;
  readonly url: () => string;
  readonly heartbeatMs: number;
  /** Shards the bot needs at least. */
  readonly shards: number;
  /** Called when a client has come or gone. */
  readonly changed: () => void;
}

/** What can be done to the connected bots. */
export interface Gateway {
  /** Sends an event to whom it concerns. @returns to how many sessions. */
  dispatch(event: Dispatch): number;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many connections have identified or resumed and are open. */
  connections(): number;
  /** Cuts all connections without a word; sessions can be resumed. */
  drop(): void;
  /** Asks all clients to reconnect and resume (opcode 7). */
  reconnect(): void;
  /** Declares all sessions invalid (opcode 9); forgets them unless they stay resumable. */
  invalidate(settings: { readonly resumable: boolean }): void;
  /** Closes all connections with a code, and ends their sessions. */
  disconnect(code: number): void;
  /** Lets nobody connect any more, or again: 503 to every attempt. */
  refuse(refusing: boolean): void;
  /** Stops or starts answering heartbeats, as a connection does that died unnoticed. */
  acknowledgeHeartbeats(answering: boolean): void;
  close(): void;
}

/** Gateway v10, JSON, uncompressed. */
export function createGateway(settings: GatewaySettings): Gateway {
  const { world, inspector, heartbeatMs } = settings;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const greetings = createGreetings(settings);
  let answering = true;
  let refusing = false;

  const connect = (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '', 'ws://gateway').searchParams;
    const isKnown = query.get('v') === '10' && query.get('encoding') === 'json';
    if (isKnown) {
      const { application } = world();
      const answersHeartbeats = () => answering;
      new Connection(socket, { ...settings, application, sessions, greetings, answersHeartbeats });
      send(socket, { op: Op.Hello, d: { heartbeat_interval: heartbeatMs } });
    } else {
      socket.close(Close.InvalidAPIVersion);
    }
  };
  const each = (action: (socket: WebSocket) => void) => {
    for (const { socket } of sessions.values()) if (socket !== undefined) action(socket);
  };

  return {
    dispatch(event) {
      inspector.checkEvent(event.event, event.data);
      return [...sessions.values()].filter((session) => session.dispatch(event)).length;
    },
    upgrade(request, socket, head) {
      // Whoever is refused may have gone before being told.
      socket.on('error', () => socket.destroy());
      if (refusing) socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
      else server.handleUpgrade(request, socket, head, (ws) => connect(ws, request));
    },
    connections: () => [...sessions.values()].filter(({ socket }) => socket !== undefined).length,
    drop: () => each((socket) => socket.terminate()),
    reconnect: () => each((socket) => send(socket, { op: Op.Reconnect })),
    invalidate({ resumable }) {
      each((socket) => send(socket, { op: Op.InvalidSession, d: resumable }));
      if (!resumable) sessions.clear();
    },
    disconnect(code) {
      each((socket) => socket.close(code));
      sessions.clear();
    },
    refuse(whether) {
      refusing = whether;
    },
    acknowledgeHeartbeats(whether) {
      answering = whether;
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
