import { appendFileSync, existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UserError } from './errors.js';
import { lockFolder } from './ledger/instance-lock.js';
import { packageRoot } from './package-root.js';
import {
  openPlayground,
  type Playground,
  type PlaygroundSettings,
  type BotCommand,
  type Whereabouts,
} from './playground/open-playground.js';
import type { Scene } from './playground/scene.js';
import { loadModel } from './zoo/load-model.js';

const QUEUE_ROLE = 'Queue keepers';
const OPERATOR = 'Olga';
const MODERATOR = 'Mira';
const BANNED = 'Zed';

/** Two servers, and everybody whose rights differ. */
const SCENE: Scene = {
  guilds: [
    {
      name: 'The Atelier',
      channels: [
        { name: 'pictures', threads: ['sea pictures'] },
        { name: 'small-talk' },
        { name: 'after-dark', isAdult: true },
        { name: 'gallery', kind: 'forum', threads: ['castles'] },
      ],
    },
    { name: 'Night School', channels: [{ name: 'sketches' }, { name: 'homework' }] },
  ],
  people: [
    { name: 'Ada', part: 'member' },
    { name: 'Ben', part: 'another member' },
    { name: MODERATOR, part: 'moderator (Manage Server)', permissions: ['ManageGuild', 'ManageMessages'] },
    { name: 'Kim', part: 'holder of ADMIN_ROLE', role: QUEUE_ROLE },
    { name: OPERATOR, part: 'operator of the bot' },
    { name: BANNED, part: 'banned from painting' },
  ],
};

/** The same for a bot of which nothing is known. */
const OTHERS_SCENE: Scene = {
  guilds: SCENE.guilds,
  people: [
    { name: 'Ada', part: 'member' },
    { name: 'Ben', part: 'another member' },
    { name: MODERATOR, part: 'moderator (Manage Server)', permissions: ['ManageGuild', 'ManageMessages'] },
    { name: 'Kim', part: 'holder of the role Keepers', role: 'Keepers' },
  ],
};

export interface PlaygroundOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Holds the world, the bot's data and its log. */
  readonly folder: string;
  /** The folder of added models, which the bot shares; it has a folder of its own when absent. */
  readonly models?: string;
  readonly host: string;
  readonly port: number;
  /** The folder of the built page, where it is not the usual one. */
  readonly site?: string;
  /** A command line that starts another bot than this one. */
  readonly command?: string;
}

/**
 * Opens the playground with the whole bot, a process of its own, behind it.
 *
 * @throws UserError when another playground works on the folder, the page was not built, or no port is free.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { folder, host, port, command } = options;
  process.umask(0o077);
  const unlock = lockFolder(folder);
  try {
    if (command === undefined && options.models !== undefined) shareModels(options.models, folder);
    const log = join(folder, 'bot.log');
    rmSync(log, { force: true });
    const playground = await openPlayground({
      folder,
      site: options.site ?? join(packageRoot(), 'dist', 'page'),
      ...(command === undefined ? await ownStage(options) : OTHERS_STAGE),
      host,
      port,
      bot: (where) => botCommand(where, options),
      onBotOutput: (text) => appendFileSync(log, text),
    });
    if (playground.isNew && command === undefined) banOne(playground);
    return {
      ...playground,
      async close() {
        await playground.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    if (error instanceof UserError) throw error;
    throw new UserError(`The playground could not be opened: ${messageOf(error)}`, { cause: error });
  }
}

type Stage = Pick<PlaygroundSettings, 'title' | 'botName' | 'scene' | 'suggestions'>;

const OTHERS_STAGE: Stage = {
  title: 'Playground',
  botName: 'Your bot',
  scene: OTHERS_SCENE,
  suggestions: null,
};

async function ownStage({ environment, folder }: PlaygroundOptions): Promise<Stage> {
  const name = environment['MODEL'] || 'pocket';
  const { manifest } = await loadModel({ name, dataDir: botFolder(folder) });
  return {
    title: 'Easel playground',
    botName: 'Easel',
    scene: SCENE,
    suggestions: { command: 'imagine', option: 'prompt', texts: manifest.suggestions },
  };
}

const botFolder = (folder: string) => join(folder, 'bot');

/** Lets the bot find the models added for everybody, unless it has a folder with some of its own. */
function shareModels(models: string, folder: string): void {
  const link = join(botFolder(folder), 'models');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(link);
  if (existsSync(link)) return;
  for (const needed of [models, botFolder(folder)]) mkdirSync(needed, { recursive: true });
  // Where links need a right of their own (Windows), a junction does not.
  symlinkSync(models, link, 'junction');
}

/** This program's own bot, or another's, told where its Discord is. */
function botCommand(
  { apiUrl, token, cast }: Whereabouts,
  { environment, folder, command }: PlaygroundOptions,
): BotCommand {
  const env = {
    ...environment,
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    DATA_DIR: botFolder(folder),
    COMMANDS_GUILD: '',
    OPERATORS: cast.people.get(OPERATOR) ?? '',
    ADMIN_ROLE: cast.roles.get(QUEUE_ROLE) ?? '',
  };
  if (command !== undefined) return { command, args: [], env, shell: true };
  // From the sources it needs the loader this process has.
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(isSource ? './easel.ts' : './easel.js', import.meta.url));
  const loader = isSource ? ['--import', 'tsx'] : [];
  return { command: process.execPath, args: [...loader, entry, 'bot'], env };
}

/** The moderator bans the one who is to be banned, by the command anybody would use, as soon as the bot offers it. */
function banOne({ discord, cast }: Playground): void {
  const user = discord.world.users.get(cast.people.get(MODERATOR) ?? '');
  const banned = cast.people.get(BANNED);
  if (user === undefined || banned === undefined) return;
  const isOffered = () => [...discord.world.commands.values()].some(({ body }) => body.name === 'mod');
  const ban = async () => {
    await discord.until(() => discord.gateway.connections() > 0 && isOffered());
    for (const guild of discord.world.guilds.values()) {
      const channel = [...discord.world.channels.values()].find(
        (each) => each.kind === 'guild' && each.guild === guild,
      );
      if (channel === undefined) continue;
      const options = { user: banned, reason: 'To see what that is like' };
      const { message } = await discord.slash({ user, channel, name: 'mod ban', options });
      if (message !== undefined) discord.deleteMessage({ user: discord.application.bot, message });
    }
  };
  // A bot that does not come leaves nobody banned: that is to be seen on the page.
  ban().catch(() => undefined);
}
