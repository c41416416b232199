import type { Command } from 'commander';
import { ENV_FILE, readConfig } from '../config.js';
import { keepHeapSmall } from '../keep-heap-small.js';
import { createLog } from '../log.js';
import { openToOthers } from '../private-files.js';
import type { Shell } from './shell.js';
import { untilAborted } from './until-aborted.js';

/**
 * Runs the Discord bot until it is interrupted; what is being painted then is saved and goes on at the next start.
 *
 * @throws UserError when it cannot start, or when Discord will not have it any more.
 */
export async function runBot({ out, interrupted }: Pick<Shell, 'out' | 'interrupted'>): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel });
  process.umask(0o077);
  const mode = openToOthers(ENV_FILE);
  if (mode !== undefined) {
    log.warn(
      { mode },
      `${ENV_FILE} holds the token, and others on this machine can get at it: chmod 600 ${ENV_FILE}`,
    );
  }
  keepHeapSmall();
  // Only this subcommand needs discord.js and the ledger.
  const { startBot } = await import('../bot.js');
  let onExpelled: (error: Error) => void = () => {};
  const expelled = new Promise<never>((_, reject) => {
    onExpelled = reject;
  });
  // It may come before anybody awaits it.
  expelled.catch(() => {});
  const options = { config, log, onExpelled: (error: Error) => onExpelled(error), signal: interrupted };
  const bot = await startBot(options).catch((error: unknown) => {
    // Nothing was under way yet that could be lost.
    if (interrupted.aborted) return undefined;
    throw error;
  });
  if (bot === undefined) return;
  try {
    out(`Easel is online. Invite it to a server:\n${bot.inviteUrl}\n`);
    await Promise.race([untilAborted(interrupted), expelled]);
    log.info('stopping');
  } finally {
    await bot.stop();
  }
}

/** Adds `bot`. */
export function addBot(program: Command, shell: Shell): void {
  program
    .command('bot')
    .description('run the Discord bot, with the settings in .env and the environment')
    .action(() => runBot(shell));
}
