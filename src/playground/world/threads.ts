import { ChannelType, GatewayIntentBits as I } from 'discord-api-types/v10';
import { threadObject } from '../wire/guild.js';
import type { GuildChannel, ThreadChannel, User } from './places.js';
import type { World } from './world.js';

export interface NewThread {
  readonly parent: GuildChannel;
  readonly name: string;
  readonly owner: User;
  /** The message it hangs on, whose id it then shares. */
  readonly messageId?: string;
  readonly isPrivate?: boolean;
}

export function createThread(
  world: World,
  { parent, name, owner, messageId, isPrivate = false }: NewThread,
): ThreadChannel {
  const thread: ThreadChannel = {
    kind: 'thread',
    type: isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
    id: messageId ?? world.nextId(),
    guild: parent.guild,
    parent,
    name,
    ownerId: owner.id,
    createdAt: world.clock.now(),
    archived: false,
    memberIds: new Set([owner.id]),
    lastMessageId: null,
  };
  world.channels.set(thread.id, thread);
  const data = { ...threadObject(world, thread), newly_created: true };
  world.dispatch({ event: 'THREAD_CREATE', data, intents: [I.Guilds], channel: thread });
  return thread;
}

export function archiveThread(world: World, thread: ThreadChannel, archived: boolean): void {
  thread.archived = archived;
  world.dispatch({
    event: 'THREAD_UPDATE',
    data: threadObject(world, thread),
    intents: [I.Guilds],
    channel: thread,
  });
}
