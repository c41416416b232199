import { adjustableClock } from './adjustable-clock.js';
import { type BotProcess, createBotProcess } from './bot-process.js';
import { createDiscord, type Discord } from './discord.js';
import { openHost } from './host/host.js';
import type { Suggestions } from './host/protocol.js';
import { worldFile } from './keep/world-file.js';
import { type Cast, type Scene, setScene } from './scene.js';

/** How long changes may be unwritten. */
const WRITE_AFTER_MS = 400;
/** Requests and events one can look back at. */
const REMEMBERED = 2_000;

export interface PlaygroundSettings {
  /** Where the world is kept between starts. */
  readonly folder: string;
  /** The folder of the built page. */
  readonly site: string;
  readonly title: string;
  readonly botName: string;
  /** What a new world begins with. */
  readonly scene: Scene;
  readonly suggestions: Suggestions | null;
  readonly host: string;
  /** To begin with; the next free one is taken. */
  readonly port: number;
  /** How the bot is started, once there is a Discord for it; absent for one that is started elsewhere. */
  readonly bot?: (where: Whereabouts) => BotCommand;
  readonly onBotOutput: (text: string) => void;
}

/** What a bot has to know. */
export interface Whereabouts {
  /** REST root without version. */
  readonly apiUrl: string;
  readonly token: string;
  readonly cast: Cast;
}

export interface BotCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Whether it is a line for the shell. */
  readonly shell?: boolean;
}

export interface Playground extends Whereabouts {
  readonly discord: Discord;
  readonly bot: BotProcess | undefined;
  readonly port: number;
  /** Whether the world was made just now. */
  readonly isNew: boolean;
  /** Lets the bot leave, writes everything down and closes. */
  close(): Promise<void>;
}

interface Extra {
  readonly cast: Cast;
  readonly dismissed: Set<string>;
  readonly aheadMs: number;
}

/** The stand-in with a page, a world that outlives it, and a bot, whoever's. */
export async function openPlayground(settings: PlaygroundSettings): Promise<Playground> {
  const file = worldFile<Extra>(settings.folder);
  const kept = file.read();
  const clock = adjustableClock(kept?.extra.aheadMs);
  const discord = await createDiscord({
    clock,
    botName: settings.botName,
    remembered: REMEMBERED,
    versions: false,
    ...(kept === undefined ? {} : { state: kept.state }),
  });
  const cast = kept?.extra.cast ?? setScene(discord, settings.scene);
  const dismissed = kept?.extra.dismissed ?? new Set<string>();
  const where = { apiUrl: discord.restUrl, token: discord.token, cast };
  const write = () => file.write(discord.world, { cast, dismissed, aheadMs: clock.ahead() });
  write();
  const keeper = keepWriting(discord, write);
  const bot =
    settings.bot === undefined
      ? undefined
      : createBotProcess({
          ...settings.bot(where),
          onOutput: settings.onBotOutput,
          onChange: discord.world.changed,
        });
  const host = await openHost({ ...settings, discord, clock, parts: cast.parts, dismissed, bot });
  bot?.start();
  return {
    ...where,
    discord,
    bot,
    port: host.port,
    isNew: kept === undefined,
    async close() {
      await bot?.stop();
      await host.close();
      keeper.stop();
      write();
      await discord.close();
    },
  };
}

/** Writes some time after a change, so that many are written at once. */
function keepWriting(discord: Discord, write: () => void): { readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stopListening = discord.listen(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      write();
    }, WRITE_AFTER_MS);
  });
  return {
    stop() {
      stopListening();
      clearTimeout(timer);
    },
  };
}
