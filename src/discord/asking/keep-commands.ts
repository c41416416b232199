import { type Client, DiscordAPIError, Events, type Guild, RESTJSONErrorCodes } from 'discord.js';
import type { Logger } from '../../log.js';
import { inviteUrl } from '../people/permissions.js';
import { registerCommands } from './register-commands.js';

type Bodies = Parameters<typeof registerCommands>[0]['commands'];

/** In how many servers leftovers are looked for: a bot in more has not been tried out in one of them yesterday. */
const LOOKED_THROUGH = 100;

export interface Keeping {
  readonly client: Client<true>;
  /** The only guild that has the commands; everybody when absent. */
  readonly guildId: string | undefined;
  readonly commands: Bodies;
  readonly log: Logger;
}

/**
 * Has the commands in exactly one place: everywhere, or in one guild. In both, people would see each of them twice.
 *
 * A guild that the bot is not in yet gets them when it is invited.
 *
 * @returns whether Discord had to be told anything.
 */
export async function keepCommands({ client, guildId, commands, log }: Keeping): Promise<boolean> {
  const { rest, application } = client;
  const register = (place: string | undefined, bodies: Bodies) =>
    registerCommands({ rest, applicationId: application.id, guildId: place, commands: bodies });
  if (guildId === undefined) {
    const changed = await register(undefined, commands);
    for (const id of [...client.guilds.cache.keys()].slice(0, LOOKED_THROUGH)) await register(id, []);
    return changed;
  }
  const isThere = await register(guildId, commands).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.MissingAccess) throw error;
    log.warn(
      { invite: inviteUrl(application.id) },
      `the bot is not in the server of COMMANDS_GUILD (${guildId}) yet; invite it there, and its commands follow`,
    );
    const onJoined = (guild: Guild) => {
      if (guild.id !== guildId) return;
      client.off(Events.GuildCreate, onJoined);
      register(guildId, commands).catch((cause: unknown) =>
        log.error({ err: cause }, 'the commands could not be registered'),
      );
    };
    client.on(Events.GuildCreate, onJoined);
    return false;
  });
  const cleared = await register(undefined, []);
  return isThere || cleared;
}
