import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { mayIn } from '../world/permissions.js';
import type { Dispatch } from '../world/world.js';
import { concernsShard, type Shard } from './shard.js';

/** Events kept for a client that comes back; one that missed more has to identify anew. */
const KEPT_EVENTS = 10_000;

/** What one IDENTIFY began: it outlives its connection, so that RESUME can go on where that ended. */
export class Session {
  readonly id: string;
  readonly #intents: number;
  readonly #shard: Shard;
  readonly #botId: string;
  /** Numbered from 1 without gaps; `#sent[i]` has number `#sent[0].s + i`. */
  #sent: { readonly s: number; readonly text: string }[] = [];
  #last = 0;
  /** Undefined while the client is away. */
  #socket: WebSocket | undefined;

  constructor({
    id,
    intents,
    shard,
    botId,
  }: { readonly id: string; readonly intents: number; readonly shard: Shard; readonly botId: string }) {
    this.id = id;
    this.#intents = intents;
    this.#shard = shard;
    this.#botId = botId;
  }

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  attach(socket: WebSocket): void {
    this.#socket = socket;
  }

  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  /** Sends an event, or keeps it until the client is back, if its intents and the bot's permissions let it through. @returns whether they do. */
  dispatch({ event, data, intents, channel }: Dispatch): boolean {
    if (intents !== undefined && !intents.some((intent) => (this.#intents & intent) !== 0)) return false;
    if (channel !== undefined && !mayIn(channel, this.#botId, ['ViewChannel'])) return false;
    if (!concernsShard(this.#shard, { event, data })) return false;
    this.#last += 1;
    const text = JSON.stringify({ op: Op.Dispatch, t: event, s: this.#last, d: data });
    this.#sent.push({ s: this.#last, text });
    if (this.#sent.length > KEPT_EVENTS) this.#sent.shift();
    this.#socket?.send(text);
    return true;
  }

  /**
   * Goes on over another connection: sends what came after event `seq` again. False, and nothing changed, when that is
   * no longer, or not yet, known.
   */
  resume(socket: WebSocket, seq: number): boolean {
    const first = this.#sent[0]?.s ?? this.#last + 1;
    if (seq > this.#last || seq < first - 1) return false;
    this.#socket = socket;
    for (const { s, text } of this.#sent) if (s > seq) socket.send(text);
    return true;
  }
}
