import { randomBytes } from 'node:crypto';
import {
  GatewayCloseCodes as Close,
  GatewayIntentBits as I,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Inspector } from '../validation/inspector.js';
import type { Application } from '../world/world.js';
import { clientPayload, type Identify, type Resume } from './client-payload.js';
import type { Greetings } from './greetings.js';
import type { IdentifyBudget } from './identify-budget.js';
import { Session } from './session.js';

const PRIVILEGED = I.GuildPresences | I.GuildMembers | I.MessageContent;
const SENDS_PER_MINUTE = 120;
const MINUTE_MS = 60_000;

export interface ConnectionSettings {
  readonly application: Application;
  /** Shards the bot needs at least. */
  readonly shards: number;
  readonly sessions: Map<string, Session>;
  readonly budget: IdentifyBudget;
  readonly greetings: Greetings;
  readonly inspector: Inspector;
  readonly answersHeartbeats: () => boolean;
  /** Called when a client has come or gone. */
  readonly changed: () => void;
}

/** One socket's conversation: it begins a session or goes on with one, and closes on whatever Discord closes on. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #settings: ConnectionSettings;
  /** Set by the one IDENTIFY or RESUME a connection gets. */
  #session: Session | undefined;
  /** Times of the last minute's messages. */
  #sentAt: number[] = [];

  constructor(socket: WebSocket, settings: ConnectionSettings) {
    this.#socket = socket;
    this.#settings = settings;
    socket.on('message', (raw) => this.#receive(String(raw)));
    socket.on('close', (code) => this.#end(code));
    socket.on('error', () => socket.terminate());
  }

  #receive(text: string): void {
    const now = performance.now();
    this.#sentAt = [...this.#sentAt.filter((at) => at > now - MINUTE_MS), now];
    try {
      const objection = this.#sentAt.length > SENDS_PER_MINUTE ? Close.RateLimited : this.#answer(text);
      if (objection !== undefined) this.#socket.close(objection);
    } catch (error) {
      this.#settings.inspector.ownMistake(error);
      this.#socket.close(Close.UnknownError);
    }
  }

  /** Does what a message asks for, or returns the code to close with. */
  #answer(text: string): Close | undefined {
    const { inspector, greetings, answersHeartbeats } = this.#settings;
    const payload = clientPayload(text);
    if (typeof payload === 'number') {
      inspector.badPayload(payload);
      return payload;
    }
    if (payload.op === Op.Identify) return this.#identify(payload.d);
    if (payload.op === Op.Resume) return this.#resume(payload.d);
    if (payload.op === Op.Heartbeat) {
      if (answersHeartbeats()) send(this.#socket, { op: Op.HeartbeatAck });
      return undefined;
    }
    if (this.#session === undefined) return Close.NotAuthenticated;
    if (payload.op === Op.RequestGuildMembers) greetings.sendMembers(this.#session, payload.d);
    return undefined;
  }

  #identify({ token, intents, shard = [0, 1] }: Identify): Close | undefined {
    const { application, shards, budget, sessions, greetings, changed } = this.#settings;
    const [index, count] = shard;
    if (this.#session !== undefined) return Close.AlreadyAuthenticated;
    if (token !== application.token || !budget.take()) return Close.AuthenticationFailed;
    if ((intents & PRIVILEGED & ~application.privilegedIntents) !== 0) return Close.DisallowedIntents;
    if (index < 0 || index >= count) return Close.InvalidShard;
    if (count < shards) return Close.ShardingRequired;
    const id = randomBytes(16).toString('hex');
    const session = new Session({ id, intents, shard, botId: application.bot.id });
    session.attach(this.#socket);
    sessions.set(id, session);
    this.#session = session;
    greetings.welcome(session, shard);
    changed();
    return undefined;
  }

  #resume({ token, session_id, seq }: Resume): Close | undefined {
    const { application, sessions, changed } = this.#settings;
    if (token !== application.token) return Close.AuthenticationFailed;
    const session = sessions.get(session_id);
    if (session?.resume(this.#socket, seq)) {
      this.#session = session;
      session.dispatch({ event: 'RESUMED', data: {} });
      changed();
    } else {
      send(this.#socket, { op: Op.InvalidSession, d: false });
    }
    return undefined;
  }

  #end(code: number): void {
    const { sessions, changed } = this.#settings;
    this.#session?.detach(this.#socket);
    // A client that says goodbye ends its session; only one that is cut off may resume.
    const saidGoodbye = code === 1000 || code === 1001;
    if (this.#session !== undefined && saidGoodbye) sessions.delete(this.#session.id);
    changed();
  }
}

export function send(socket: WebSocket, payload: { readonly op: Op; readonly d?: unknown }): void {
  socket.send(JSON.stringify({ d: null, s: null, t: null, ...payload }));
}
