import type { Command } from 'commander';
import { UserError } from '../errors.js';
import { runBot } from './bot.js';
import { runPlayground, USUAL_PLAYGROUND } from './playground.js';
import type { Shell } from './shell.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `npm start` means here: the bot where there is a token, the playground where nothing says that this is meant to be a
 * bot for others.
 *
 * @throws UserError without a token on a machine that is in earnest.
 */
export function whatToStart(environment: Environment): 'bot' | 'playground' {
  if (environment['DISCORD_TOKEN']) return 'bot';
  const earnest = environment['NODE_ENV'] === 'production' ? '`NODE_ENV` is `production`' : undefined;
  const shared = environment['DATABASE_URL'] ? '`DATABASE_URL` is set' : undefined;
  const reason = earnest ?? shared;
  if (reason === undefined) return 'playground';
  throw new UserError(
    `\`DISCORD_TOKEN\` is not set, and ${reason}: put the token into .env to run the bot, or start the playground with \`npx easel playground\`.`,
  );
}

/** Adds `start`. */
export function addStart(program: Command, shell: Shell): void {
  program
    .command('start')
    .description('run the bot where there is a token, the playground where there is none')
    .action(() =>
      whatToStart(process.env) === 'bot' ? runBot(shell) : runPlayground(shell, USUAL_PLAYGROUND),
    );
}
