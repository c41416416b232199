import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GatewayCloseCodes as Close,
  GatewayIntentBits as I,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Inspector } from '../validation/inspector.js';
import { applicationFlags } from '../wire/application.js';
import { guildCreate, memberObject } from '../wire/guild.js';
import { ownUser } from '../wire/user.js';
import type { Dispatch, World } from '../world/world.js';
import { clientPayload, type Identify, type RequestMembers, type Resume } from './client-payload.js';
import type { IdentifyBudget } from './identify-budget.js';
import { Session } from './session.js';

const PRIVILEGED = I.GuildPresences | I.GuildMembers | I.MessageContent;
const SENDS_PER_MINUTE = 120;
const MINUTE_MS = 60_000;

export interface GatewaySettings {
  readonly world: () => World;
  readonly inspector: Inspector;
  readonly budget: IdentifyBudget;
  readonly url: () => string;
  readonly heartbeatMs: number;
  /** Called when a client has come or gone. */
  readonly changed: () => void;
}

/** What can be done to the connected bots. */
export interface Gateway {
  dispatch(event: Dispatch): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many connections have identified or resumed and are open. */
  connections(): number;
  /** Cuts all connections without a word; sessions can be resumed. */
  drop(): void;
  /** Asks all clients to reconnect and resume (opcode 7). */
  reconnect(): void;
  /** Declares all sessions invalid (opcode 9); forgets them unless they stay resumable. */
  invalidate(settings: { readonly resumable: boolean }): void;
  /** Stops or starts answering heartbeats, as a connection does that died unnoticed. */
  acknowledgeHeartbeats(answering: boolean): void;
  close(): void;
}

/** Gateway v10, JSON, uncompressed. */
export function createGateway({
  world,
  inspector,
  budget,
  url,
  heartbeatMs,
  changed,
}: GatewaySettings): Gateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  let answersHeartbeats = true;

  const connect = (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '', 'ws://gateway').searchParams;
    if (query.get('v') !== '10' || query.get('encoding') !== 'json')
      return socket.close(Close.InvalidAPIVersion);
    let session: Session | undefined;
    const sentAt: number[] = [];
    const identify = ({ token, intents, shard }: Identify) => {
      if (session !== undefined) return socket.close(Close.AlreadyAuthenticated);
      const { application } = world();
      if (token !== application.token || !budget.take()) return socket.close(Close.AuthenticationFailed);
      if ((intents & PRIVILEGED & ~application.privilegedIntents) !== 0)
        return socket.close(Close.DisallowedIntents);
      session = new Session({ id: randomBytes(16).toString('hex'), intents, botId: application.bot.id });
      sessions.set(session.id, session);
      session.attach(socket);
      welcome(session, shard);
      changed();
    };
    const resume = ({ token, session_id, seq }: Resume) => {
      const known = sessions.get(session_id);
      if (token !== world().application.token) return socket.close(Close.AuthenticationFailed);
      if (known === undefined || !known.resume(socket, seq)) {
        return send(socket, { op: Op.InvalidSession, d: false });
      }
      session = known;
      session.dispatch({ event: 'RESUMED', data: {} });
      changed();
    };
    socket.on('message', (raw) => {
      const now = performance.now();
      sentAt.push(now);
      while ((sentAt[0] ?? now) < now - MINUTE_MS) sentAt.shift();
      if (sentAt.length > SENDS_PER_MINUTE) return socket.close(Close.RateLimited);
      const payload = clientPayload(String(raw));
      if (typeof payload === 'number') {
        inspector.badPayload(payload);
        return socket.close(payload);
      }
      switch (payload.op) {
        case Op.Heartbeat:
          if (answersHeartbeats) send(socket, { op: Op.HeartbeatAck });
          return;
        case Op.Identify:
          return identify(payload.d);
        case Op.Resume:
          return resume(payload.d);
        case Op.RequestGuildMembers:
          if (session !== undefined) return sendMembers(session, payload.d);
      }
      if (session === undefined) socket.close(Close.NotAuthenticated);
    });
    socket.on('close', (code) => {
      session?.detach(socket);
      // A client that says goodbye ends its session; only one that is cut off may resume.
      if (session !== undefined && (code === 1000 || code === 1001)) sessions.delete(session.id);
      changed();
    });
    socket.on('error', () => socket.terminate());
    send(socket, { op: Op.Hello, d: { heartbeat_interval: heartbeatMs } });
  };

  /** READY with every guild unavailable, then each guild in a GUILD_CREATE of its own. */
  const welcome = (session: Session, shard: readonly [number, number] | undefined) => {
    const here = world();
    const { application } = here;
    const data = {
      v: 10,
      user: ownUser(application.bot),
      guilds: [...here.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      ...(shard === undefined ? {} : { shard }),
      application: { id: application.id, flags: applicationFlags(application) },
    };
    inspector.checkEvent('READY', data);
    session.dispatch({ event: 'READY', data });
    for (const guild of here.guilds.values()) {
      const created = guildCreate(here, guild);
      inspector.checkEvent('GUILD_CREATE', created);
      session.dispatch({ event: 'GUILD_CREATE', data: created, intents: [I.Guilds] });
    }
  };

  /** The members asked for, in one chunk: those named, or those whose names begin as the query says. */
  const sendMembers = (session: Session, request: RequestMembers) => {
    const guild = world().guilds.get(request.guild_id);
    if (guild === undefined) return;
    const { query = '', limit = 0, user_ids, nonce } = request;
    const ids = typeof user_ids === 'string' ? [user_ids] : user_ids;
    const all = [...guild.members.values()];
    const found = all.filter(({ user }) => ids?.includes(user.id) ?? user.name.startsWith(query));
    const data = {
      guild_id: guild.id,
      members: found.slice(0, limit || undefined).map(memberObject),
      chunk_index: 0,
      chunk_count: 1,
      not_found: (ids ?? []).filter((id) => !guild.members.has(id)),
      ...(nonce === undefined ? {} : { nonce }),
    };
    inspector.checkEvent('GUILD_MEMBERS_CHUNK', data);
    session.dispatch({ event: 'GUILD_MEMBERS_CHUNK', data });
  };

  const each = (action: (socket: WebSocket) => void) => {
    for (const { socket } of sessions.values()) if (socket !== undefined) action(socket);
  };

  return {
    dispatch(event) {
      inspector.checkEvent(event.event, event.data);
      for (const session of sessions.values()) session.dispatch(event);
    },
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (ws) => connect(ws, request)),
    connections: () => [...sessions.values()].filter(({ socket }) => socket !== undefined).length,
    drop: () => each((socket) => socket.terminate()),
    reconnect: () => each((socket) => send(socket, { op: Op.Reconnect, d: null })),
    invalidate({ resumable }) {
      each((socket) => send(socket, { op: Op.InvalidSession, d: resumable }));
      if (!resumable) sessions.clear();
    },
    acknowledgeHeartbeats(answering) {
      answersHeartbeats = answering;
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function send(socket: WebSocket, payload: { readonly op: Op; readonly d?: unknown }): void {
  socket.send(JSON.stringify({ d: null, s: null, t: null, ...payload }));
}
