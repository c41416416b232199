import { ChannelType } from 'discord-api-types/v10';
import { mentionsOf } from '../rest/mentions.js';
import { keepFile, type UploadedFile } from '../world/attachments.js';
import type { Message } from '../world/message.js';
import {
  addReaction,
  createMessage,
  deleteMessages,
  messagesIn,
  NO_MENTIONS,
  type Reacting,
  removeReaction,
} from '../world/messages.js';
import { mayIn, type PermissionName } from '../world/permissions.js';
import type { Channel, GuildChannel, ThreadChannel, User } from '../world/places.js';
import { createPost } from '../world/posts.js';
import { archiveThread } from '../world/threads.js';
import type { World } from '../world/world.js';

export interface Saying {
  readonly user: User;
  readonly channel: Channel;
  readonly content?: string;
  readonly files?: readonly UploadedFile[];
  readonly replyTo?: Message;
}

/** Writes a message; an archived thread wakes by it. */
export function say(world: World, { user, channel, content = '', files = [], replyTo }: Saying): Message {
  if (channel.type === ChannelType.GuildForum)
    throw new Error('Expected a channel with messages, got a forum.');
  requireMay(channel, user, ['ViewChannel', 'SendMessages']);
  if (channel.kind === 'thread' && channel.archived) {
    if (channel.locked) requireMay(channel, user, ['ManageThreads']);
    archiveThread(world, channel, { archived: false });
  }
  const attachments = files.map((file) => keepFile(world, file, undefined));
  const mentions = mentionsOf(world, {
    content,
    allowed: undefined,
    channel,
    author: user,
    repliedTo: replyTo?.author,
  });
  return createMessage(world, {
    channel,
    author: user,
    replyTo,
    body: { content, embeds: [], components: [], attachments, flags: 0, mentions },
  });
}

export interface NewPost {
  readonly user: User;
  readonly forum: GuildChannel;
  readonly name: string;
  readonly content: string;
  readonly files?: readonly UploadedFile[];
}

/** Begins a post in a forum: a thread whose first message shares its id. */
export function startPost(world: World, { user, forum, name, content, files = [] }: NewPost): ThreadChannel {
  if (forum.type !== ChannelType.GuildForum) throw new Error(`Expected a forum, got ${forum.name}.`);
  requireMay(forum, user, ['ViewChannel', 'SendMessages']);
  const attachments = files.map((file) => keepFile(world, file, undefined));
  const body = { content, embeds: [], components: [], attachments, flags: 0, mentions: NO_MENTIONS };
  return createPost(world, { forum, owner: user, name, body }).thread;
}

/** Reacts to a message with a Unicode emoji or `name:id`. */
export function react(world: World, reacting: Reacting): void {
  const { channel, reactions } = reacting.message;
  requireMay(
    channel,
    reacting.user,
    reactions.has(reacting.emoji) ? ['ViewChannel'] : ['ViewChannel', 'AddReactions'],
  );
  addReaction(world, reacting);
}

export function unreact(world: World, reacting: Reacting): void {
  removeReaction(world, reacting);
}

/** Deletes a message: one's own, or as a moderator. */
export function deleteMessage(
  world: World,
  { user, message }: { readonly user: User; readonly message: Message },
): void {
  if (message.author !== user) requireMay(message.channel, user, ['ManageMessages']);
  deleteMessages(world, message.channel, [message]);
}

/** What someone sees in a channel, oldest first: everybody's messages and the ephemeral ones meant for them. */
export function read(
  world: World,
  { user, channel }: { readonly user?: User; readonly channel: Channel },
): Message[] {
  if (user === undefined) return messagesIn(world, channel);
  return [...world.messages.values()].filter(
    (message) => message.channel === channel && (message.onlyFor === undefined || message.onlyFor === user),
  );
}

function requireMay(channel: Channel, user: User, names: readonly PermissionName[]): void {
  if (!mayIn(channel, user.id, names))
    throw new Error(`Expected ${user.name} to have ${names.join(', ')} here.`);
}
