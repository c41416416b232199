import { GatewayIntentBits, MessageFlags } from 'discord-api-types/v10';
import type { Attachment, InteractionOrigin, Message } from '../world/message.js';
import type { World } from '../world/world.js';
import { compact } from './compact.js';
import { responseComponents } from './components.js';
import { emojiObject } from './emoji.js';
import { memberFields } from './guild.js';
import { userObject } from './user.js';

export function attachmentObject(
  world: World,
  message: { readonly channelId: string; readonly onlyFor: unknown },
  file: Attachment,
) {
  const url = `${world.cdn()}/attachments/${message.channelId}/${file.id}/${encodeURIComponent(file.filename)}?ex=${Math.floor(file.expiresAt / 1000).toString(16)}&`;
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(file.width === undefined ? {} : { width: file.width }),
    ...(file.height === undefined ? {} : { height: file.height }),
    ...(file.description === undefined ? {} : { description: file.description }),
    ...(message.onlyFor === undefined ? {} : { ephemeral: true }),
  };
}

/**
 * A message as the bot gets to see it: what others wrote in guilds is blank without the MessageContent intent, unless
 * they mentioned the bot.
 */
export function messageObject(
  world: World,
  message: Message,
  { nested = false, open = isOpen(world, message) } = {},
): Record<string, unknown> {
  const { body, author } = message;
  const interaction = message.interaction;
  const place = { channelId: message.channel.id, onlyFor: message.onlyFor };
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channel.id,
    author: userObject(author),
    content: open ? body.content : '',
    embeds: open ? body.embeds.map((embed) => responseEmbed(world, message, embed)) : [],
    components: open ? responseComponents(message, (file) => attachmentObject(world, place, file).url) : [],
    attachments: open ? body.attachments.map((file) => attachmentObject(world, place, file)) : [],
    mentions: body.mentions.users.map(userObject),
    mention_roles: [...body.mentions.roles],
    mention_everyone: body.mentions.everyone,
    flags: body.flags,
    tts: false,
    pinned: false,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(author === world.application.bot ? { application_id: world.application.id } : {}),
    ...(interaction === undefined ? {} : originFields(world, interaction)),
    ...(message.reactions.size === 0 || nested ? {} : { reactions: reactionObjects(world, message) }),
    ...(message.replyTo === undefined ? {} : replyFields(world, message.replyTo, nested)),
  };
}

/** What MESSAGE_CREATE and MESSAGE_UPDATE add in a guild. */
export function messageEvent(world: World, message: Message): Record<string, unknown> {
  const { channel } = message;
  const object = messageObject(world, message);
  if (channel.kind === 'direct') return object;
  const member = channel.guild.members.get(message.author.id);
  return {
    ...object,
    guild_id: channel.guild.id,
    ...(member === undefined ? {} : { member: memberFields(member) }),
  };
}

export function isLoading(message: Message): boolean {
  return (message.body.flags & MessageFlags.Loading) !== 0;
}

function isOpen(world: World, { author, channel, body, interaction }: Message): boolean {
  const { bot, privilegedIntents } = world.application;
  if ((privilegedIntents & GatewayIntentBits.MessageContent) !== 0) return true;
  return (
    author === bot ||
    channel.kind === 'direct' ||
    interaction !== undefined ||
    body.mentions.users.includes(bot)
  );
}

const METADATA_TYPES = { command: 2, component: 3, modal: 5 } as const;

function originFields(world: World, origin: InteractionOrigin): Record<string, unknown> {
  const { id, user, commandName } = origin;
  const old = { id, type: 2, name: commandName, user: userObject(user) };
  return {
    webhook_id: world.application.id,
    interaction_metadata: metadataObject(origin),
    // Deprecated, for commands still sent.
    ...(commandName === undefined ? {} : { interaction: old }),
  };
}

function metadataObject(origin: InteractionOrigin): object {
  const { id, kind, user, guildId, messageId, originalId, openedBy } = origin;
  return {
    id,
    type: METADATA_TYPES[kind],
    user: userObject(user),
    authorizing_integration_owners: { '0': guildId ?? '0' },
    ...(originalId === undefined ? {} : { original_response_message_id: originalId }),
    ...targetFields(origin),
    ...(messageId === undefined ? {} : { interacted_message_id: messageId }),
    ...(openedBy === undefined ? {} : { triggering_interaction_metadata: metadataObject(openedBy) }),
  };
}

function targetFields({ target }: InteractionOrigin): object {
  if (target === undefined) return {};
  return target.kind === 'user'
    ? { target_user: userObject(target.user) }
    : { target_message_id: target.message.id };
}

function replyFields(world: World, replyTo: Message, nested: boolean): Record<string, unknown> {
  return {
    message_reference: {
      type: 0,
      channel_id: replyTo.channel.id,
      message_id: replyTo.id,
      ...(replyTo.channel.kind === 'direct' ? {} : { guild_id: replyTo.channel.guild.id }),
    },
    ...(nested
      ? {}
      : { referenced_message: replyTo.deleted ? null : messageObject(world, replyTo, { nested: true }) }),
  };
}

function reactionObjects(world: World, { reactions }: Message) {
  return [...reactions].map(([key, users]) => ({
    emoji: emojiObject(key),
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    burst_colors: [],
    me_burst: false,
    me: users.includes(world.application.bot),
  }));
}

/** Pictures of an embed that name an uploaded file (`attachment://…`) come back with that file's address. */
function responseEmbed(world: World, message: Message, embed: object): unknown {
  const located = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('attachment://')) {
      const name = value.slice('attachment://'.length);
      const file = message.body.attachments.find(({ filename }) => filename === name);
      if (file === undefined) return value;
      return attachmentObject(world, { channelId: message.channel.id, onlyFor: undefined }, file).url;
    }
    if (Array.isArray(value)) return value.map(located);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, located(inner)]));
  };
  const rich: unknown = located(compact(embed));
  return { type: 'rich', ...(typeof rich === 'object' ? rich : {}) };
}
