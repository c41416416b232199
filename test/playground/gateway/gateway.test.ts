import { GatewayIntentBits as I, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createDiscord, type Discord, type DiscordSettings } from '../../../src/playground/discord.js';
import { api, settle } from '../api.js';

interface Payload {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into events of every kind
  readonly d: any;
}

/** A bare connection: what it received so far, and the means to wait for more. */
class Connection {
  readonly received: Payload[] = [];
  closeCode: number | undefined;
  readonly #socket: WebSocket;
  #wake: () => void = () => {};

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (raw) => {
      this.received.push(JSON.parse(String(raw)));
      this.#wake();
    });
    this.#socket.on('close', (code) => {
      this.closeCode = code;
      this.#wake();
    });
  }

  send(payload: object): void {
    this.#socket.send(JSON.stringify(payload));
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  async until<T>(check: () => T | undefined): Promise<T> {
    for (;;) {
      const value = check();
      if (value !== undefined) return value;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  event(name: string): Promise<Payload> {
    return this.until(() => this.received.find(({ t }) => t === name));
  }

  opcode(op: Op): Promise<Payload> {
    return this.until(() => this.received.find((payload) => payload.op === op));
  }

  closed(): Promise<number> {
    return this.until(() => this.closeCode);
  }
}

describe('the gateway', () => {
  let discord: Discord;

  const start = async (settings: DiscordSettings = {}) => {
    discord = await createDiscord({ rateLimits: false, ...settings });
  };
  const connect = async () => {
    const { body } = await api(discord, 'GET /gateway/bot');
    const connection = new Connection(`${body.url}?v=10&encoding=json`);
    await connection.opcode(Op.Hello);
    return connection;
  };
  const identify = async (intents: number) => {
    const connection = await connect();
    const properties = { os: 'linux', browser: 'test', device: 'test' };
    connection.send({ op: Op.Identify, d: { token: discord.token, intents, properties } });
    return connection;
  };
  const resume = async (session: string, seq: number) => {
    const connection = await connect();
    connection.send({ op: Op.Resume, d: { token: discord.token, session_id: session, seq } });
    return connection;
  };

  beforeEach(() => start());
  afterEach(() => discord.close());

  it('welcomes with READY, guilds unavailable, and then each guild with its channels', async () => {
    const { guild, channel } = settle(discord);
    const bot = await identify(I.Guilds);
    const ready = await bot.event('READY');
    expect(ready.d.guilds).toEqual([{ id: guild.id, unavailable: true }]);
    const created = await bot.event('GUILD_CREATE');
    expect(created.d.channels.map(({ id }: { id: string }) => id)).toEqual([channel.id]);
    expect([ready.s, created.s]).toEqual([1, 2]);
  });

  const identifyShard = async (shard: readonly number[]) => {
    const connection = await connect();
    const properties = { os: 'linux', browser: 'test', device: 'test' };
    connection.send({ op: Op.Identify, d: { token: discord.token, intents: I.Guilds, properties, shard } });
    return connection;
  };

  it('closes with 4011 on a bot that needs more shards than it opens, and says how many it needs', async () => {
    await discord.close();
    await start({ shards: 2 });
    expect((await api(discord, 'GET /gateway/bot')).body.shards).toBe(2);
    expect(await (await identify(I.Guilds)).closed()).toBe(4011);
    expect(await (await identifyShard([2, 2])).closed()).toBe(4010);
  });

  it('tells each shard of its own guilds', async () => {
    await discord.close();
    await start({ shards: 2 });
    const ids = Array.from({ length: 6 }, (_, n) => discord.addGuild({ name: `Guild ${n}` }).id);
    const ready = await Promise.all(
      [0, 1].map(async (index) => (await (await identifyShard([index, 2])).event('READY')).d),
    );
    const told = ready.map(({ guilds }) => guilds.map(({ id }: { id: string }) => id));
    const mine = (index: number) => ids.filter((id) => Number((BigInt(id) >> 22n) % 2n) === index);
    expect(told).toEqual([mine(0), mine(1)]);
  });

  it('closes with any code, and lets nobody connect while it is told to', async () => {
    const bot = await identify(I.Guilds);
    await bot.event('READY');
    discord.gateway.disconnect(4014);
    expect(await bot.closed()).toBe(4014);
    discord.gateway.refuse(true);
    const { body } = await api(discord, 'GET /gateway/bot');
    const refused = await new Promise<string>((resolve) => {
      new WebSocket(`${body.url}?v=10&encoding=json`).on('error', ({ message }) => resolve(message));
    });
    expect(refused).toContain('503');
    discord.gateway.refuse(false);
    await (await identify(I.Guilds)).event('READY');
  });

  it('keeps events from who did not ask for them', async () => {
    const { channel, ada } = settle(discord);
    const [curious, deaf] = [await identify(I.Guilds | I.GuildMessages), await identify(I.Guilds)];
    await Promise.all([curious.event('GUILD_CREATE'), deaf.event('GUILD_CREATE')]);
    const message = discord.say({ user: ada, channel, content: 'secret' });
    discord.react({ user: ada, message, emoji: '🔁' });
    discord.addChannel({ guild: channel.guild, name: 'later' });
    await Promise.all([curious.event('CHANNEL_CREATE'), deaf.event('CHANNEL_CREATE')]);
    expect(deaf.received.map(({ t }) => t)).toEqual([null, 'READY', 'GUILD_CREATE', 'CHANNEL_CREATE']);
    expect(curious.received.map(({ t }) => t)).toContain('MESSAGE_CREATE');
    expect(curious.received.map(({ t }) => t)).not.toContain('MESSAGE_REACTION_ADD');
    expect((await curious.event('MESSAGE_CREATE')).d).toMatchObject({
      content: '',
      guild_id: channel.guild.id,
    });
  });

  it('shows others’ words with the MessageContent intent switched on', async () => {
    await discord.close();
    await start({ privilegedIntents: I.MessageContent });
    const { channel, ada } = settle(discord);
    const bot = await identify(I.GuildMessages | I.MessageContent);
    await bot.event('READY');
    discord.say({ user: ada, channel, content: 'hello' });
    expect((await bot.event('MESSAGE_CREATE')).d.content).toBe('hello');
  });

  it('keeps events of channels from a bot that does not see them', async () => {
    const { channel, ada } = settle(discord);
    const bot = await identify(I.Guilds | I.GuildMessages);
    await bot.event('GUILD_CREATE');
    discord.setChannelRule({ channel, user: discord.application.bot, deny: ['ViewChannel'] });
    discord.say({ user: ada, channel, content: 'secret' });
    discord.addChannel({ guild: channel.guild, name: 'later' });
    await bot.event('CHANNEL_CREATE');
    expect(bot.received.map(({ t }) => t)).not.toContain('MESSAGE_CREATE');
  });

  it('replays on RESUME what was missed, in order and once', async () => {
    const { channel, ada } = settle(discord);
    const bot = await identify(I.GuildMessages);
    const ready = await bot.event('READY');
    discord.say({ user: ada, channel, content: 'one' });
    const seen = await bot.event('MESSAGE_CREATE');
    discord.gateway.drop();
    expect(await bot.closed()).toBe(1006);
    await discord.until(() => discord.gateway.connections() === 0);
    for (let n = 0; n < 3; n += 1) discord.say({ user: ada, channel, content: 'missed' });
    const back = await resume(ready.d.session_id, seen.s ?? 0);
    await back.event('RESUMED');
    expect(back.received.map(({ t, s }) => [t, s])).toEqual([
      [null, null],
      ['MESSAGE_CREATE', 3],
      ['MESSAGE_CREATE', 4],
      ['MESSAGE_CREATE', 5],
      ['RESUMED', 6],
    ]);
  });

  it('resumes no session it does not know, none that ended with a goodbye, none ahead of itself', async () => {
    expect((await (await resume('unknown', 0)).opcode(Op.InvalidSession)).d).toBe(false);
    const bot = await identify(I.Guilds);
    const { session_id } = (await bot.event('READY')).d;
    const ahead = await resume(session_id, 99);
    expect((await ahead.opcode(Op.InvalidSession)).d).toBe(false);
    bot.close(1000);
    await bot.closed();
    await discord.until(() => discord.gateway.connections() === 0);
    expect((await (await resume(session_id, 1)).opcode(Op.InvalidSession)).d).toBe(false);
  });

  it('counts IDENTIFYs and has none left when they are used up', async () => {
    await discord.close();
    await start({ identifies: 2 });
    await (await identify(0)).event('READY');
    expect((await api(discord, 'GET /gateway/bot')).body.session_start_limit).toMatchObject({
      total: 2,
      remaining: 1,
    });
    await (await identify(0)).event('READY');
    expect(await (await identify(0)).closed()).toBe(4004);
  });

  it('answers heartbeats until it is told not to', async () => {
    const bot = await connect();
    bot.send({ op: Op.Heartbeat, d: null });
    await bot.opcode(Op.HeartbeatAck);
    discord.gateway.acknowledgeHeartbeats(false);
    const dead = await connect();
    dead.send({ op: Op.Heartbeat, d: null });
    dead.send({ op: 99, d: null });
    expect(await dead.closed()).toBe(4001);
    expect(dead.received.map(({ op }) => op)).toEqual([Op.Hello]);
  });

  it.each([
    [
      'a wrong token',
      4004,
      { op: Op.Identify, d: { token: 'wrong', intents: 0, properties: { os: '', browser: '', device: '' } } },
    ],
    ['an incomplete IDENTIFY', 4002, { op: Op.Identify, d: { intents: 0 } }],
    ['speaking before IDENTIFY', 4003, { op: Op.PresenceUpdate, d: {} }],
    ['an unknown opcode', 4001, { op: 42, d: null }],
  ])('closes on %s with %i', async (_, code, payload) => {
    const bot = await connect();
    bot.send(payload);
    expect(await bot.closed()).toBe(code);
    expect(discord.violations).toHaveLength(code === 4001 || code === 4002 ? 1 : 0);
  });

  it('closes on a privileged intent that is not switched on, and on a second IDENTIFY', async () => {
    expect(await (await identify(I.MessageContent)).closed()).toBe(4014);
    const bot = await identify(0);
    await bot.event('READY');
    bot.send({
      op: Op.Identify,
      d: { token: discord.token, intents: 0, properties: { os: '', browser: '', device: '' } },
    });
    expect(await bot.closed()).toBe(4005);
  });

  it('speaks version 10 in JSON and nothing else', async () => {
    const { body } = await api(discord, 'GET /gateway');
    const old = new Connection(`${body.url}?v=9&encoding=json`);
    expect(await old.closed()).toBe(4012);
  });

  it('sends the members it is asked for', async () => {
    const { guild, ada } = settle(discord);
    const bot = await identify(I.Guilds);
    await bot.event('READY');
    bot.send({ op: Op.RequestGuildMembers, d: { guild_id: guild.id, user_ids: [ada.id, '1'], nonce: 'n' } });
    const chunk = await bot.event('GUILD_MEMBERS_CHUNK');
    expect(chunk.d).toMatchObject({ members: [{ user: { id: ada.id } }], not_found: ['1'], nonce: 'n' });
  });

  it('closes on more than 120 messages in a minute', async () => {
    const bot = await connect();
    for (let n = 0; n < 121; n += 1) bot.send({ op: Op.Heartbeat, d: null });
    expect(await bot.closed()).toBe(4008);
    expect(bot.received.filter(({ op }) => op === Op.HeartbeatAck)).toHaveLength(120);
  });
});
