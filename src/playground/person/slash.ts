import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Command } from '../world/command.js';
import type { World } from '../world/world.js';
import { type Given, givenOptions, type OptionValue } from './command-options.js';
import { interact, type Outcome, type Person, requirePresence } from './interact.js';
import { findCommand } from './offered-commands.js';

const TYPED = ApplicationCommandType.ChatInput;

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
  const command = findCommand(world, { user, channel }, { type: TYPED, name: root });
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
  const command = findCommand(world, { user, channel }, { type: TYPED, name: root });
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
    type: TYPED,
    ...(command.guildId === undefined ? {} : { guild_id: command.guildId }),
    ...(given.options.length === 0 ? {} : { options: given.options }),
    ...(given.resolved === undefined ? {} : { resolved: given.resolved }),
  };
}

export function optionsOf({ body }: Command): readonly APIApplicationCommandOption[] {
  return ('options' in body ? body.options : undefined) ?? [];
}
