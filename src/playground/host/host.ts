import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AdjustableClock } from '../adjustable-clock.js';
import type { BotProcess } from '../bot-process.js';
import type { Discord } from '../discord.js';
import { botActs } from './acts/bot.js';
import { finders } from './acts/act.js';
import { createFaultDesk, type FaultDesk } from './acts/faults.js';
import { interactionActs } from './acts/interactions.js';
import { talkActs } from './acts/talk.js';
import { upsetActs } from './acts/upsets.js';
import { createApp } from './app.js';
import { GATEWAY_FAULTS, REQUEST_FAULTS } from './fault-list.js';
import { createGuard } from './guard.js';
import { listenFrom } from './listen.js';
import { createLive } from './live.js';
import { LOSABLE } from './losable-permissions.js';
import type { BotView, Home, Suggestions, Thing, Wish } from './protocol.js';
import { readSite } from './site.js';
import { happeningView } from './views/happening.js';
import { visibleThings } from './views/things.js';

export interface HostSettings {
  readonly discord: Discord;
  readonly clock: AdjustableClock;
  /** Parts by people's ids: those one can be, the first of whom one is at first. */
  readonly parts: ReadonlyMap<string, string>;
  /** Ids of messages that those who alone saw them have put away. */
  readonly dismissed: Set<string>;
  readonly suggestions: Suggestions | null;
  /** The bot, where it is ours to start and stop. */
  readonly bot: BotProcess | undefined;
  readonly title: string;
  /** The folder of the built page. */
  readonly site: string;
  readonly host: string;
  /** To begin with; the next free one is taken. */
  readonly port: number;
}

export interface Host {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the page, keeps it up to date and does what it asks for. */
export async function openHost(settings: HostSettings): Promise<Host> {
  const { discord, dismissed, bot } = settings;
  const guard = createGuard(settings.host);
  const find = finders(discord);
  const faultDesk = createFaultDesk(discord);
  const dismiss = (id: string) => {
    dismissed.add(id);
    discord.world.changed();
  };
  const app = createApp({
    guard,
    site: readSite(settings.site),
    world: discord.world,
    acts: {
      ...interactionActs(discord, find),
      ...talkActs(discord, { find, dismiss }),
      ...faultDesk.acts,
      ...upsetActs(discord, find),
      ...botActs({ bot, clock: settings.clock, changed: discord.world.changed }),
    },
    happening: (n) => discord.trail.entries().find((entry) => entry.n === n),
    happenings: discord.trail.entries,
  });
  const live = createLive({
    guard,
    listen: discord.listen,
    things: (wish) => thingsFor(settings, faultDesk, wish),
  });
  const server = createServer(getRequestListener(app.fetch));
  server.on('upgrade', live.upgrade);
  const port = await listenFrom(server, settings);
  return {
    port,
    async close() {
      live.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function* thingsFor(
  settings: HostSettings,
  faultDesk: FaultDesk,
  { viewer: wished, happenings = false, reach }: Wish,
): Generator<Thing> {
  const { discord, parts, dismissed } = settings;
  const { world } = discord;
  const [first = ''] = parts.keys();
  const id = wished !== undefined && parts.has(wished) ? wished : first;
  const viewer = world.users.get(id);
  if (viewer === undefined) return;
  yield homeView(settings, faultDesk, id);
  yield* visibleThings({ world, viewer, parts, dismissed, reach });
  if (happenings) for (const entry of discord.trail.entries()) yield happeningView(entry);
}

const titlesOf = (table: Readonly<Record<string, readonly [title: string, ...unknown[]]>>) =>
  Object.entries(table).map(([name, [title]]) => ({ name, title }));

function homeView(
  { discord, bot, title, suggestions, clock }: HostSettings,
  faultDesk: FaultDesk,
  viewer: string,
): Home {
  const { id, name } = discord.application;
  return {
    key: 'home',
    kind: 'home',
    title,
    viewer,
    bot: { id, name, state: botState(discord, bot), isOurs: bot !== undefined },
    aheadMs: clock.ahead(),
    suggestions,
    faults: faultDesk.views(),
    troubles: {
      request: titlesOf(REQUEST_FAULTS),
      gateway: titlesOf(GATEWAY_FAULTS),
      routes: discord.routes,
      permissions: LOSABLE,
    },
  };
}

function botState(discord: Discord, bot: BotProcess | undefined): BotView['state'] {
  if (discord.gateway.connections() > 0) return 'here';
  if (bot === undefined) return 'away';
  if (!bot.isWanted()) return 'stopped';
  return bot.isRunning() ? 'starting' : 'away';
}
