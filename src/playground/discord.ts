/**
 * A stand-in for Discord on loopback: REST v10 and gateway v10, for which the real discord.js takes it.
 *
 *     const discord = await createDiscord();
 *     const guild = discord.addGuild({ name: 'Atelier' });
 *     const channel = discord.addChannel({ guild, name: 'pictures' });
 *     const ada = discord.addUser({ name: 'Ada', guilds: [guild], permissions: ['ManageGuild'] });
 *
 *     const client = new Client({ intents, rest: { api: discord.restUrl } });
 *     await client.login(discord.token);
 *
 *     const outcome = await discord.slash({ user: ada, channel, name: 'imagine', options: { prompt: 'a lighthouse' } });
 *     outcome.kind;      // 'deferred': how it was acknowledged; `afterMs`, `ephemeral`, `choices`, `modal`
 *     outcome.message;   // live: `.body.content`, `.body.attachments[0].bytes`, `.versions` with every earlier body
 *     await discord.until(() => outcome.message?.body.attachments.length === 1);
 *     await discord.press({ user: ada, message: outcome.message, customId: 'v1:cancel:…' });
 *     discord.react({ user: ada, message: outcome.message, emoji: '🔁' });
 *
 *     discord.faults.add({ kind: { type: 'reset' }, route: 'POST /channels/:channel/messages', afterEffect: true });
 *     discord.gateway.drop();
 *
 *     expect(discord.violations).toEqual([]);
 *     await discord.close();   // throws when the stand-in itself strayed from Discord's description
 *
 * Deadlines, windows and ids follow `clock` (`manualClock()` in tests of time); faults name a route as it is written in
 * `rest/routes/`. In a process of its own: `forkDiscord()`, driven through `control.ts`.
 *
 * Every body, answer and event is checked against Discord's description and the rules it lacks (`validation/`);
 * what a client gets wrong is refused as Discord refuses it and kept in `violations`.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { GatewayCloseCodes, Locale } from 'discord-api-types/v10';
import { createCdn } from './cdn.js';
import { type Clock, systemClock } from './clock.js';
import { createFaults } from './faults.js';
import { createGateway } from './gateway/gateway.js';
import { createIdentifyBudget } from './gateway/identify-budget.js';
import { peopleOf } from './person/people.js';
import { createInvalidRequests } from './rest/invalid-requests.js';
import { createRateLimiter, type RateLimitSettings } from './rest/rate-limits.js';
import { applicationRoutes } from './rest/routes/application.js';
import { channelRoutes } from './rest/routes/channels.js';
import { commandPermissionRoutes } from './rest/routes/command-permissions.js';
import { commandRoutes } from './rest/routes/commands.js';
import { gatewayRoutes } from './rest/routes/gateway.js';
import { guildRoutes } from './rest/routes/guilds.js';
import { interactionRoutes } from './rest/routes/interactions.js';
import { messageRoutes } from './rest/routes/messages.js';
import { reactionRoutes } from './rest/routes/reactions.js';
import { threadRoutes } from './rest/routes/threads.js';
import { userRoutes } from './rest/routes/users.js';
import { webhookRoutes } from './rest/routes/webhooks.js';
import { createRest } from './rest/server.js';
import { createSnowflakes } from './snowflake.js';
import { createTrail } from './trail.js';
import { createInspector } from './validation/inspector.js';
import { createWaiting } from './waiting.js';
import type { User } from './world/places.js';
import type { World, WorldState } from './world/world.js';

export interface DiscordSettings {
  readonly clock?: Clock;
  /** Whether to check requests, answers and events; on by default, off for benchmarks. */
  readonly validate?: boolean;
  /** Rate limits with scaled windows, or none; Discord's usual ones by default. */
  readonly rateLimits?: RateLimitSettings | false;
  /** Privileged intents the application has switched on, as bits; none by default. */
  readonly privilegedIntents?: number;
  /** Shards the bot needs; one that identifies with fewer is closed with 4011. 1 by default. */
  readonly shards?: number;
  /** Answers of 401, 403 and 429 within ten minutes before the address is banned; 10 000 by default. */
  readonly invalidRequests?: number;
  /** IDENTIFYs a day; 1000 by default. */
  readonly identifies?: number;
  readonly heartbeatMs?: number;
  readonly botName?: string;
  /** The address to listen at; any free port by default. */
  readonly port?: number;
  /** A world to go on with; an empty one by default. */
  readonly state?: WorldState;
  /** How many requests and events `trail` and `requests` remember; all by default. */
  readonly remembered?: number;
  /** Whether messages keep their earlier bodies in `versions`; true by default. */
  readonly versions?: boolean;
}

export type Discord = Awaited<ReturnType<typeof createDiscord>>;

export async function createDiscord(settings: DiscordSettings = {}) {
  const { clock = systemClock, rateLimits = {}, heartbeatMs = 41_250, shards = 1 } = settings;
  const inspector = createInspector({ enabled: settings.validate ?? true });
  const faults = createFaults();
  const invalid = createInvalidRequests(clock, settings.invalidRequests);
  const budget = createIdentifyBudget(clock, settings.identifies);
  const waiting = createWaiting();
  const trail = createTrail(settings.remembered ?? Number.POSITIVE_INFINITY);
  let origin = '';
  const gatewayUrl = () => `${origin.replace('http', 'ws')}/gateway`;

  const gateway = createGateway({
    world: () => world,
    inspector,
    budget,
    url: gatewayUrl,
    heartbeatMs,
    shards,
    changed: waiting.changed,
  });
  const nextId = createSnowflakes(clock, settings.state?.lastId);
  const world: World = {
    ...(settings.state ?? { ...emptyWorld(), application: newApplication(nextId, settings) }),
    clock,
    nextId,
    keepsVersions: settings.versions ?? true,
    dispatch(dispatch) {
      const reached = gateway.dispatch(dispatch);
      const { event, data } = dispatch;
      trail.add({ kind: 'event', at: clock.now(), event, data, reached });
      waiting.changed();
    },
    changed: waiting.changed,
    until: waiting.until,
    cdn: () => origin,
  };
  for (const user of [world.application.bot, world.application.owner]) world.users.set(user.id, user);

  const routes = [
    ...applicationRoutes,
    ...gatewayRoutes({ url: gatewayUrl, budget, shards }),
    ...userRoutes,
    ...guildRoutes,
    ...channelRoutes,
    ...threadRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...commandPermissionRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
  ];
  const app = createRest({
    world,
    routes,
    limiter: rateLimits === false ? undefined : createRateLimiter(clock, rateLimits),
    faults,
    invalid,
    inspector,
    record: (request) => {
      trail.add({ kind: 'request', ...request });
      waiting.changed();
    },
  });
  app.route('/', createCdn(world));
  const server = createServer(getRequestListener(app.fetch));
  server.on('upgrade', gateway.upgrade);
  origin = await listen(server, settings.port ?? 0);

  return {
    /** For discord.js: `rest: { api: restUrl }`. */
    restUrl: `${origin}/api`,
    get token() {
      return world.application.token;
    },
    /** Makes the bot's token worthless, as Reset Token in the developer portal does, and shows its sessions the door. */
    resetToken() {
      world.application.token = randomBytes(32).toString('base64url');
      gateway.disconnect(GatewayCloseCodes.AuthenticationFailed);
    },
    /** Answers of the last ten minutes that count towards a ban of the client's address. */
    invalidRequests: invalid.count,
    application: world.application,
    world,
    clock,
    faults,
    gateway,
    /** Every endpoint, as faults and records name it: `GET /channels/:channel`. */
    routes: routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
    /** Requests and events in their order. */
    trail,
    /** Every request that reached a known route, oldest first. */
    get requests() {
      return trail.entries().filter((entry) => entry.kind === 'request');
    },
    /** Mistakes of the client: refused bodies, unknown routes. */
    violations: inspector.violations,
    /** Resolves with the first value of a check that is neither undefined nor false, looking at every change. */
    until: waiting.until,
    /** Calls a function after every change, until the one it returns is called. */
    listen: waiting.listen,
    ...peopleOf(world),
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (inspector.ownMistakes.length > 0) {
        throw new AggregateError(
          inspector.ownMistakes,
          `The stand-in itself is at fault: ${String(inspector.ownMistakes[0])}`,
        );
      }
    },
  };
}

function emptyWorld() {
  return {
    users: new Map(),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    commands: new Map(),
    interactions: new Map(),
    uploads: new Map(),
    lateEdits: new Map(),
  };
}

function newApplication(nextId: () => string, { botName = 'Easel', privilegedIntents = 0 }: DiscordSettings) {
  const newUser = (name: string, bot: boolean): User => ({
    id: nextId(),
    name,
    bot,
    locale: Locale.EnglishUS,
    attachmentSizeLimit: 10 * 1024 * 1024,
    acceptsDirect: false,
  });
  const bot = newUser(botName, true);
  return {
    // An application and its bot share one id.
    id: bot.id,
    name: botName,
    bot,
    owner: newUser('developer', false),
    token: `${Buffer.from(bot.id).toString('base64url')}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`,
    privilegedIntents,
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo; // a TCP server, listening
      resolve(`http://127.0.0.1:${taken}`);
    });
  });
}
