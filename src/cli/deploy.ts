import type { Command } from 'commander';
import { REST, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { readConfig } from '../config.js';
import { UserError } from '../errors.js';
import { installedModels } from '../zoo/installed-models.js';
import { EXIT, type Shell } from './shell.js';

interface DeployOptions {
  readonly guild?: string;
  readonly yes?: boolean;
}

/** Adds `deploy`. */
export function addDeploy(program: Command, shell: Shell): void {
  program
    .command('deploy')
    .description("show how the bot's commands differ from those that Discord has, and tell it on a yes")
    .option('--guild <id>', 'in one server only; COMMANDS_GUILD, or everywhere, when absent')
    .option('--yes', 'do not ask')
    .action((options: DeployOptions) => deploy(options, process.env, shell));
}

/**
 * Registers the commands without starting the bot, which does the same at every start.
 *
 * @throws UserError for a wrong token, or a server that the bot is not in.
 */
export async function deploy(
  { guild, yes = false }: DeployOptions,
  environment: NodeJS.ProcessEnv,
  shell: Pick<Shell, 'out' | 'err' | 'confirm' | 'exitWith'>,
): Promise<void> {
  const config = readConfig(environment);
  const guildId = guild ?? config.discord.commandsGuild;
  if (guildId !== undefined && !/^\d{17,20}$/.test(guildId)) {
    throw new UserError(`Expected \`--guild\` to be a Discord id (17 to 20 digits), got \`${guildId}\`.`);
  }
  // Only this and the bot need discord.js' commands.
  const { commands, menus } = await import('../../commands/index.js');
  const { offeredCommands } = await import('../discord/asking/offer-commands.js');
  const { compareCommands, registerCommands } = await import('../discord/asking/register-commands.js');
  const rest = new REST({ api: config.discord.apiUrl }).setToken(config.discord.token);
  const models = (await installedModels(config.dataDir).list()).length;
  const offered = { commands, menus, staff: config.moderation, maxSteps: config.limits.steps, models };
  try {
    const application = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const registration = {
      ...{ rest, guildId, applicationId: application.id },
      commands: offeredCommands(offered),
    };
    const { added, changed, removed } = await compareCommands(registration);
    const lines = [
      ...added.map((name) => `+ ${name}`),
      ...changed.map((name) => `~ ${name}`),
      ...removed.map((name) => `- ${name}`),
    ];
    const where = guildId === undefined ? 'everywhere' : `in the server ${guildId}`;
    if (lines.length === 0) return shell.out(`Discord has just these commands ${where} already.\n`);
    shell.out(`What Discord would be told ${where} (+ new, ~ changed, - taken away):\n${lines.join('\n')}\n`);
    if (!yes && !shell.confirm) throw new UserError('Expected `--yes` where nobody can be asked.');
    if (!yes && !(await shell.confirm?.('Tell it?'))) {
      shell.err('Nothing was changed.\n');
      return shell.exitWith(EXIT.fault);
    }
    await registerCommands(registration);
    shell.out(
      `Done. Clients show ${guildId === undefined ? 'them when they are next opened' : 'them at once'}.\n`,
    );
  } catch (error) {
    throw troubleOf(error, guildId) ?? error;
  }
}

function troubleOf(error: unknown, guildId: string | undefined): UserError | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 401) {
    const advice = 'copy the token again from the Bot page of your application (Reset Token)';
    return new UserError(`Discord does not know \`DISCORD_TOKEN\`: ${advice}.`, { cause: error });
  }
  if (status === 403 || status === 404) {
    return new UserError(`The bot is not in the server ${guildId ?? '?'}: invite it there first.`, {
      cause: error,
    });
  }
  return undefined;
}
