import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Command } from '../world/command.js';
import { commandsIn } from '../world/commands.js';
import { mayUse } from '../world/may-use.js';
import type { World } from '../world/world.js';
import { type Given, givenOptions, type OptionValue } from './command-options.js';
import { interact, type Outcome, type Person, requirePresence } from './interact.js';

export interface Slash extends Person {
  /** `imagine`, or with its sub-command `queue-admin pause`. */
  readonly name: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/**
 * Types a slash command, as far as a real client would let this person send it.
 *
 * @throws for a command or option that does not exist here, a value the client would not take, a missing permission.
 */
export async function slash(world: World, { user, channel, name, options = {} }: Slash): Promise<Outcome> {
  requirePresence({ user, channel });
  const [root = '', ...inside] = name.split(' ');
  const command = findCommand(world, { user, channel }, root);
  const given = givenOptions(world, { described: optionsOf(command), inside, options, channel });
  return interact(world, {
    user,
    channel,
    type: InteractionType.ApplicationCommand,
    commandName: name,
    data: commandData(command, given),
  });
}

export interface Autocomplete extends Slash {
  /** The option being typed. */
  readonly focused: string;
}

/** Types into an option that completes itself; the outcome's `choices` are what is offered. */
export async function autocomplete(
  world: World,
  { user, channel, name, options = {}, focused }: Autocomplete,
): Promise<Outcome> {
  requirePresence({ user, channel });
  const [root = '', ...inside] = name.split(' ');
  const command = findCommand(world, { user, channel }, root);
  const given = givenOptions(world, { described: optionsOf(command), inside, options, channel, focused });
  return interact(world, {
    user,
    channel,
    type: InteractionType.ApplicationCommandAutocomplete,
    commandName: name,
    data: commandData(command, given),
  });
}

function commandData(command: Command, given: Given) {
  return {
    id: command.id,
    name: command.body.name,
    type: ApplicationCommandType.ChatInput,
    ...(command.guildId === undefined ? {} : { guild_id: command.guildId }),
    ...(given.options.length === 0 ? {} : { options: given.options }),
    ...(given.resolved === undefined ? {} : { resolved: given.resolved }),
  };
}

export function optionsOf({ body }: Command): readonly APIApplicationCommandOption[] {
  return ('options' in body ? body.options : undefined) ?? [];
}

/** The slash commands a client shows this person here. */
export function offeredCommands(world: World, person: Person): Command[] {
  return slashCommands(world, person).filter((command) => {
    try {
      requireOffered(command, person);
      return true;
    } catch {
      return false;
    }
  });
}

function findCommand(world: World, person: Person, name: string): Command {
  const command = slashCommands(world, person).find(({ body }) => body.name === name);
  if (command === undefined) {
    throw new Error(`Expected a command /${name}; the bot has registered none here.`);
  }
  requireOffered(command, person);
  return command;
}

/** The guild's own command hides a global one of the same name. */
function slashCommands(world: World, { channel }: Person): Command[] {
  const guildId = channel.kind === 'direct' ? undefined : channel.guild.id;
  const own = guildId === undefined ? [] : commandsIn(world, { guildId });
  const byName = new Map<string, Command>();
  for (const command of [...commandsIn(world, { guildId: undefined }), ...own]) {
    const { name, type = ApplicationCommandType.ChatInput } = command.body;
    if (type === ApplicationCommandType.ChatInput) byName.set(name, command);
  }
  return [...byName.values()];
}

/** @throws where a client would not show the command: wrong context, a missing permission, a channel for all ages. */
function requireOffered(command: Command, { user, channel }: Person): void {
  const { name, contexts, dm_permission, nsfw } = command.body;
  if (channel.kind === 'direct') {
    const offered = contexts?.includes(InteractionContextType.BotDM) ?? dm_permission !== false;
    if (!offered) throw new Error(`Expected /${name} to be offered in direct messages.`);
    return;
  }
  const offered = contexts?.includes(InteractionContextType.Guild) ?? true;
  if (!offered) throw new Error(`Expected /${name} to be offered in guilds.`);
  if (!mayUse(command, { channel, userId: user.id })) {
    throw new Error(`Expected ${user.name} to be allowed /${name}.`);
  }
  const place = channel.kind === 'thread' ? channel.parent : channel;
  if (nsfw && !place.nsfw) {
    throw new Error(`Expected /${name} to be offered here; the channel is not age-restricted.`);
  }
}
