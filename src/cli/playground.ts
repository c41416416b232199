import { join } from 'node:path';
import type { Command } from 'commander';
import { wholeNumber } from './option-values.js';
import type { Shell } from './shell.js';
import { untilAborted } from './until-aborted.js';

export interface PlaygroundFlags {
  readonly port: number;
  readonly host: string;
  /** A command line that starts another bot. */
  readonly bot?: string;
}

const LOOPBACK = '127.0.0.1';
/** Where a page is looked for first. */
const PLAYGROUND_PORT = 4141;

/**
 * Runs the playground until it is interrupted.
 *
 * @throws UserError when it cannot be opened.
 */
export async function runPlayground(shell: Shell, { port, host, bot }: PlaygroundFlags): Promise<void> {
  const { startPlayground } = await import('../start-playground.js');
  // The worlds of two bots are two.
  const folder = join(shell.dataDir, bot === undefined ? 'playground' : 'playground-other');
  const playground = await startPlayground({
    environment: process.env,
    folder,
    models: join(shell.dataDir, 'models'),
    host,
    port,
    ...(bot === undefined ? {} : { command: bot }),
  });
  const address = host.includes(':') ? `[${host}]` : host;
  if (playground.port !== port && port !== 0)
    shell.out(`Port ${port} is taken; the next free one is used.\n`);
  shell.out(`The playground is at http://${address}:${playground.port}/\n`);
  if (host !== LOOPBACK) shell.out('Whoever reaches this machine can use it.\n');
  shell.out(
    bot === undefined
      ? 'To go live on Discord, put DISCORD_TOKEN into .env; docs/going-live.md tells how. Ctrl-C ends.\n'
      : `What your bot prints is in ${join(folder, 'bot.log')}. Ctrl-C ends.\n`,
  );
  await untilAborted(shell.interrupted);
  await playground.close();
}

/** Adds `playground`. */
export function addPlayground(program: Command, shell: Shell): void {
  program
    .command('playground')
    .description('try the bot on a page in the browser, without Discord')
    .option('--port <number>', 'where to begin to look for a free port', portNumber, PLAYGROUND_PORT)
    .option(
      '--host <address>',
      'where to listen; other machines reach only what they are let reach',
      LOOPBACK,
    )
    .option('--bot <command>', 'start this bot instead, with DISCORD_TOKEN and DISCORD_API_URL set')
    .action((flags: PlaygroundFlags) => runPlayground(shell, flags));
}

const portNumber = wholeNumber('--port', { min: 0, max: 65_535 });

/** Where `npm start` opens the playground. */
export const USUAL_PLAYGROUND: PlaygroundFlags = { port: PLAYGROUND_PORT, host: LOOPBACK };
