import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';

export type CommandBody = RESTPostAPIApplicationCommandsJSONBody;

export interface Command {
  readonly id: string;
  /** Changes with every write, as Discord's does. */
  readonly version: string;
  readonly guildId: string | undefined;
  readonly body: CommandBody;
}
