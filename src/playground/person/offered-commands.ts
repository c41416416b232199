import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord-api-types/v10';
import type { Command } from '../world/command.js';
import { commandsIn } from '../world/commands.js';
import { mayUse } from '../world/may-use.js';
import type { World } from '../world/world.js';
import type { Person } from './interact.js';

/** A command that is typed, or one of the menu of a person or of a message. */
export function typeOf({ body }: Command): ApplicationCommandType {
  return body.type ?? ApplicationCommandType.ChatInput;
}

/** The commands a client shows this person here, of every type. */
export function offeredCommands(world: World, person: Person): Command[] {
  return commandsFor(world, person).filter((command) => {
    try {
      requireOffered(command, person);
      return true;
    } catch {
      return false;
    }
  });
}

interface Wanted {
  readonly type: ApplicationCommandType;
  readonly name: string;
}

/** @throws where there is no such command, or a client would not show it to this person here. */
export function findCommand(world: World, person: Person, { type, name }: Wanted): Command {
  const command = commandsFor(world, person).find((each) => typeOf(each) === type && each.body.name === name);
  if (command === undefined) {
    throw new Error(`Expected a command ${called(type, name)}; the bot has registered none here.`);
  }
  requireOffered(command, person);
  return command;
}

const called = (type: ApplicationCommandType, name: string) =>
  type === ApplicationCommandType.ChatInput ? `/${name}` : `"${name}"`;

/** The guild's own command hides a global one of the same type and name. */
function commandsFor(world: World, { channel }: Person): Command[] {
  const guildId = channel.kind === 'direct' ? undefined : channel.guild.id;
  const own = guildId === undefined ? [] : commandsIn(world, { guildId });
  const all = [...commandsIn(world, { guildId: undefined }), ...own];
  return [...new Map(all.map((command) => [`${typeOf(command)} ${command.body.name}`, command])).values()];
}

/** @throws where a client would not show the command: wrong context, a missing permission, a channel for all ages. */
function requireOffered(command: Command, { user, channel }: Person): void {
  const { contexts, dm_permission, nsfw, integration_types } = command.body;
  const name = called(typeOf(command), command.body.name);
  if (integration_types?.includes(ApplicationIntegrationType.GuildInstall) === false) {
    throw new Error(
      `Expected ${name} to be for bots that a server has installed; nobody has for themselves.`,
    );
  }
  if (channel.kind === 'direct') {
    const offered = contexts?.includes(InteractionContextType.BotDM) ?? dm_permission !== false;
    if (!offered) throw new Error(`Expected ${name} to be offered in direct messages.`);
    return;
  }
  const offered = contexts?.includes(InteractionContextType.Guild) ?? true;
  if (!offered) throw new Error(`Expected ${name} to be offered in guilds.`);
  if (!mayUse(command, { channel, userId: user.id })) {
    throw new Error(`Expected ${user.name} to be allowed ${name}.`);
  }
  const place = channel.kind === 'thread' ? channel.parent : channel;
  if (nsfw && !place.nsfw) {
    throw new Error(`Expected ${name} to be offered here; the channel is not age-restricted.`);
  }
}
