import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Discord } from './discord.js';
import type { FaultSettings } from './faults.js';
import type { Outcome } from './person/interact.js';
import { REFUSAL_NAMES } from './rest/error.js';
import { messageObject } from './wire/message.js';
import { CHANNEL_KINDS } from './world/channels.js';
import type { PermissionName } from './world/permissions.js';

const id = z.string().regex(/^\d+$/);
const names = Object.keys(PermissionFlagsBits) as PermissionName[]; // whose keys they are
const permissions = z.array(z.enum(names)).optional();
const value = z.union([z.string(), z.number(), z.boolean()]);

const bodies = {
  guild: z.object({ name: z.string() }),
  channel: z.object({
    guild: id,
    name: z.string(),
    nsfw: z.boolean().optional(),
    kind: z.enum(CHANNEL_KINDS).optional(),
  }),
  user: z.object({ name: z.string(), guilds: z.array(id).optional(), permissions }),
  slash: z.object({
    user: id,
    channel: id,
    name: z.string(),
    options: z.record(z.string(), value).optional(),
  }),
  press: z.object({ user: id, message: id, customId: z.string() }),
  react: z.object({ user: id, message: id, emoji: z.string() }),
  fault: z.looseObject({ kind: z.looseObject({ as: z.enum(REFUSAL_NAMES).optional() }) }),
  gateway: z.union([
    z.object({ fault: z.enum(['drop', 'reconnect', 'invalidate']) }),
    z.object({ close: z.int().min(4000).max(4999) }),
    z.object({ refuse: z.boolean() }),
  ]),
};

/**
 * The stand-in by HTTP, for who runs in another process: what `Discord` takes as objects goes by id, and what it returns
 * as objects comes as JSON. Errors are `400 { error }`.
 */
export function createControl(discord: Discord): Hono {
  const { world } = discord;
  const users = lookUp('user', world.users);
  const guilds = lookUp('guild', world.guilds);
  const channels = lookUp('channel', world.channels);
  const messages = lookUp('message', world.messages);
  const app = new Hono();
  app.onError((error, context) => context.json({ error: error.message }, 400));

  app.post('/guilds', async ({ req, json }) =>
    json({ id: discord.addGuild(bodies.guild.parse(await req.json())).id }),
  );
  app.post('/channels', async ({ req, json }) => {
    const { guild, name, nsfw = false, kind = 'text' } = bodies.channel.parse(await req.json());
    return json({ id: discord.addChannel({ guild: guilds(guild), name, nsfw, kind }).id });
  });
  app.post('/users', async ({ req, json }) => {
    const { name, guilds: ids = [], permissions: names = [] } = bodies.user.parse(await req.json());
    return json({ id: discord.addUser({ name, guilds: ids.map(guilds), permissions: names }).id });
  });
  app.post('/slash', async ({ req, json }) => {
    const { user, channel, name, options = {} } = bodies.slash.parse(await req.json());
    return json(
      report(await discord.slash({ user: users(user), channel: channels(channel), name, options })),
    );
  });
  app.post('/press', async ({ req, json }) => {
    const { user, message, customId } = bodies.press.parse(await req.json());
    return json(report(await discord.press({ user: users(user), message: messages(message), customId })));
  });
  app.post('/react', async ({ req, json }) => {
    const { user, message, emoji } = bodies.react.parse(await req.json());
    discord.react({ user: users(user), message: messages(message), emoji });
    return json({});
  });
  app.post('/faults', async ({ req, json }) => {
    // Trusted: whoever started this process; only a refusal's name is easily misspelt.
    discord.faults.add(bodies.fault.parse(await req.json()) as unknown as FaultSettings);
    return json({});
  });
  app.post('/gateway', async ({ req, json }) => {
    const wish = bodies.gateway.parse(await req.json());
    if ('close' in wish) discord.gateway.disconnect(wish.close);
    else if ('refuse' in wish) discord.gateway.refuse(wish.refuse);
    else if (wish.fault === 'invalidate') discord.gateway.invalidate({ resumable: false });
    else discord.gateway[wish.fault]();
    return json({});
  });
  app.get('/channels/:channel/messages', ({ req, json }) =>
    json(
      discord
        .read({ channel: channels(req.param('channel')) })
        .map((message) => messageObject(world, message)),
    ),
  );
  app.get('/status', ({ json }) =>
    json({
      connections: discord.gateway.connections(),
      commands: world.commands.size,
      requests: discord.requests.length,
      violations: discord.violations.map(({ route, refusal }) => ({ route, ...refusal.body() })),
    }),
  );
  return app;
}

/** What of an outcome another process can see; the message itself it reads from the channel. */
export interface OutcomeReport {
  readonly kind: Outcome['kind'];
  readonly afterMs: number;
  readonly ephemeral: boolean;
  readonly message: string | undefined;
}

function report({ kind, afterMs, ephemeral, message }: Outcome): OutcomeReport {
  return { kind, afterMs, ephemeral, message: message?.id };
}

function lookUp<T>(what: string, all: ReadonlyMap<string, T>): (key: string) => T {
  return (key) => {
    const found = all.get(key);
    if (found === undefined) throw new Error(`Expected the id of a ${what}, got ${key}.`);
    return found;
  };
}
