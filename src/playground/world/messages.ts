import { GatewayIntentBits as I, MessageFlags, MessageType } from 'discord-api-types/v10';
import { emojiObject } from '../wire/emoji.js';
import { memberFields } from '../wire/guild.js';
import { messageEvent } from '../wire/message.js';
import { userObject } from '../wire/user.js';
import type { InteractionOrigin, Message, MessageBody } from './message.js';
import type { Channel, User } from './places.js';
import type { World } from './world.js';

export const NO_MENTIONS = { everyone: false, users: [], roles: [] } as const;
/** How long a nonce is remembered for its author and channel. */
const NONCE_LIVES_MS = 5 * 60_000;

export interface NewMessage {
  readonly channel: Channel;
  readonly author: User;
  readonly body: MessageBody;
  readonly nonce?: string | number | undefined;
  readonly replyTo?: Message | undefined;
  readonly interaction?: InteractionOrigin | undefined;
  readonly onlyFor?: User | undefined;
  /** That of the forum post it begins; a new one when absent. */
  readonly id?: string;
}

export function createMessage(world: World, settings: NewMessage): Message {
  const { channel, author, body, interaction } = settings;
  const now = world.clock.now();
  const message: Message = {
    id: settings.id ?? world.nextId(),
    channel,
    author,
    type: messageType(settings),
    createdAt: now,
    nonce: settings.nonce,
    replyTo: settings.replyTo,
    interaction,
    onlyFor: settings.onlyFor,
    body,
    editedAt: undefined,
    reactions: new Map(),
    versions: [{ at: now, body }],
    deleted: false,
  };
  world.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  announce(world, 'MESSAGE_CREATE', message);
  return message;
}

/** Replaces a message's body; a loading message that gets one has been answered rather than edited. */
export function editMessage(world: World, message: Message, body: MessageBody): void {
  const answered = (message.body.flags & MessageFlags.Loading) !== 0;
  message.body = body;
  const now = world.clock.now();
  if (!answered) message.editedAt = now;
  if (!world.keepsVersions) message.versions.length = 0;
  message.versions.push({ at: now, body });
  announce(world, 'MESSAGE_UPDATE', message);
}

export function deleteMessages(world: World, channel: Channel, messages: readonly Message[]): void {
  for (const message of messages) {
    message.deleted = true;
    world.messages.delete(message.id);
  }
  const visible = messages.filter(({ onlyFor }) => onlyFor === undefined);
  const place = {
    channel_id: channel.id,
    ...(channel.kind === 'direct' ? {} : { guild_id: channel.guild.id }),
  };
  const intents = [channel.kind === 'direct' ? I.DirectMessages : I.GuildMessages];
  if (messages.length > 1) {
    const data = { ids: visible.map(({ id }) => id), ...place };
    world.dispatch({ event: 'MESSAGE_DELETE_BULK', data, intents, channel });
  } else {
    for (const { id } of visible)
      world.dispatch({ event: 'MESSAGE_DELETE', data: { id, ...place }, intents, channel });
  }
  world.changed();
}

/** The message an author made with this nonce in this channel within the last minutes. */
export function messageWithNonce(
  world: World,
  {
    channel,
    author,
    nonce,
  }: { readonly channel: Channel; readonly author: User; readonly nonce: string | number },
): Message | undefined {
  for (const message of world.messages.values()) {
    const same = message.channel === channel && message.author === author && message.nonce === nonce;
    if (same && world.clock.now() - message.createdAt <= NONCE_LIVES_MS) return message;
  }
  return undefined;
}

/** Messages of a channel everybody in it sees, oldest first. */
export function messagesIn(world: World, channel: Channel): Message[] {
  return [...world.messages.values()].filter(
    (message) => message.channel === channel && message.onlyFor === undefined,
  );
}

export interface Reacting {
  readonly message: Message;
  readonly user: User;
  /** A Unicode emoji, or `name:id`. */
  readonly emoji: string;
}

/** Adds a reaction; a second one of the same person with the same emoji changes nothing. */
export function addReaction(world: World, { message, user, emoji }: Reacting): void {
  const users = message.reactions.get(emoji) ?? [];
  if (users.includes(user)) return;
  message.reactions.set(emoji, [...users, user]);
  const { channel } = message;
  const member = channel.kind === 'direct' ? undefined : channel.guild.members.get(user.id);
  dispatchReaction(
    world,
    'MESSAGE_REACTION_ADD',
    { message, user, emoji },
    {
      message_author_id: message.author.id,
      ...(member === undefined ? {} : { member: { ...memberFields(member), user: userObject(user) } }),
    },
  );
}

export function removeReaction(world: World, reacting: Reacting): void {
  const { message, user, emoji } = reacting;
  const users = message.reactions.get(emoji) ?? [];
  if (!users.includes(user)) return;
  const left = users.filter((other) => other !== user);
  if (left.length === 0) message.reactions.delete(emoji);
  else message.reactions.set(emoji, left);
  dispatchReaction(world, 'MESSAGE_REACTION_REMOVE', reacting, {});
}

/** Removes all reactions, or all of one emoji. */
export function clearReactions(world: World, message: Message, emoji?: string): void {
  const { channel } = message;
  const intents = [channel.kind === 'direct' ? I.DirectMessageReactions : I.GuildMessageReactions];
  const data = {
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.kind === 'direct' ? {} : { guild_id: channel.guild.id }),
  };
  if (emoji === undefined) {
    message.reactions.clear();
    world.dispatch({ event: 'MESSAGE_REACTION_REMOVE_ALL', data, intents, channel });
  } else {
    message.reactions.delete(emoji);
    const withEmoji = { ...data, emoji: emojiObject(emoji) };
    world.dispatch({ event: 'MESSAGE_REACTION_REMOVE_EMOJI', data: withEmoji, intents, channel });
  }
  world.changed();
}

function dispatchReaction(world: World, event: string, reacting: Reacting, extra: object): void {
  const { message, user, emoji } = reacting;
  const { channel } = message;
  const data = {
    user_id: user.id,
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.kind === 'direct' ? {} : { guild_id: channel.guild.id }),
    emoji: emojiObject(emoji),
    burst: false,
    type: 0,
    ...extra,
  };
  const intents = [channel.kind === 'direct' ? I.DirectMessageReactions : I.GuildMessageReactions];
  world.dispatch({ event, data, intents, channel });
  world.changed();
}

/** Ephemeral messages reach nobody's gateway. */
function announce(world: World, event: string, message: Message): void {
  const { channel } = message;
  if (message.onlyFor === undefined) {
    const intents = [channel.kind === 'direct' ? I.DirectMessages : I.GuildMessages];
    world.dispatch({ event, data: messageEvent(world, message), intents, channel });
  }
  world.changed();
}

function messageType({ interaction, replyTo }: NewMessage): MessageType {
  if (interaction?.kind === 'command')
    return interaction.target === undefined ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
  return replyTo === undefined ? MessageType.Default : MessageType.Reply;
}
