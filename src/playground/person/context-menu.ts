import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { messageObject } from '../wire/message.js';
import type { MenuTarget, Message } from '../world/message.js';
import type { User } from '../world/places.js';
import type { World } from '../world/world.js';
import { interact, type Outcome, type Person, requirePresence } from './interact.js';
import { findCommand } from './offered-commands.js';
import { resolvedIds } from './resolved-ids.js';

export interface UserMenu extends Person {
  /** The command's. */
  readonly name: string;
  readonly target: User;
}

/** Chooses a command from the menu of a person. @throws where a real client would not offer it. */
export async function useOnUser(world: World, { user, channel, name, target }: UserMenu): Promise<Outcome> {
  const resolved = resolvedIds(world, channel, [target.id]);
  return choose(world, {
    user,
    channel,
    name,
    type: ApplicationCommandType.User,
    target: { kind: 'user', user: target },
    resolved,
  });
}

export interface MessageMenu {
  readonly user: User;
  /** The command's. */
  readonly name: string;
  readonly target: Message;
}

/** Chooses a command from the menu of a message. @throws where a real client would not offer it. */
export async function useOnMessage(world: World, { user, name, target }: MessageMenu): Promise<Outcome> {
  const { channel } = target;
  if (target.deleted) throw new Error('Expected the message still to be there.');
  if (target.onlyFor !== undefined && target.onlyFor !== user)
    throw new Error(`Expected ${user.name} to see the message.`);
  // A bot is shown the message it was called on whatever its intents.
  const resolved = { messages: { [target.id]: messageObject(world, target, { open: true }) } };
  return choose(world, {
    user,
    channel,
    name,
    type: ApplicationCommandType.Message,
    target: { kind: 'message', message: target },
    resolved,
  });
}

interface Choosing extends Person {
  readonly name: string;
  readonly type: ApplicationCommandType;
  readonly target: MenuTarget;
  readonly resolved: object;
}

function choose(world: World, { user, channel, name, type, target, resolved }: Choosing): Promise<Outcome> {
  requirePresence({ user, channel });
  const command = findCommand(world, { user, channel }, { type, name });
  const { id, guildId } = command;
  const guild = guildId === undefined ? {} : { guild_id: guildId };
  return interact(world, {
    user,
    channel,
    type: InteractionType.ApplicationCommand,
    commandName: name,
    target,
    data: { id, name, type, target_id: idOf(target), resolved, ...guild },
  });
}

function idOf(target: MenuTarget): string {
  return target.kind === 'user' ? target.user.id : target.message.id;
}
