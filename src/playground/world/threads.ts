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
    type: threadType(parent, isPrivate),
    id: messageId ?? world.nextId(),
    guild: parent.guild,
    parent,
    name,
    ownerId: owner.id,
    createdAt: world.clock.now(),
    archived: false,
    locked: false,
    memberIds: new Set([owner.id]),
    lastMessageId: null,
  };
  world.channels.set(thread.id, thread);
  const data = { ...threadObject(world, thread), newly_created: true };
  world.dispatch({ event: 'THREAD_CREATE', data, intents: [I.Guilds], channel: thread });
  return thread;
}

function threadType({ type }: GuildChannel, isPrivate: boolean): ThreadChannel['type'] {
  if (isPrivate) return ChannelType.PrivateThread;
  return type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
}

/** Lets somebody into a thread; the bot hears of one that it can see from now on. */
export function joinThread(world: World, thread: ThreadChannel, user: User): void {
  thread.memberIds.add(user.id);
  if (user !== world.application.bot) return;
  const data = threadObject(world, thread);
  world.dispatch({ event: 'THREAD_CREATE', data, intents: [I.Guilds], channel: thread });
}

/** Archives or wakes a thread, and locks it or not; a lock stays as it is where none is given. */
export function archiveThread(
  world: World,
  thread: ThreadChannel,
  { archived, locked = thread.locked }: { readonly archived: boolean; readonly locked?: boolean },
): void {
  thread.archived = archived;
  thread.locked = locked;
  world.dispatch({
    event: 'THREAD_UPDATE',
    data: threadObject(world, thread),
    intents: [I.Guilds],
    channel: thread,
  });
}
