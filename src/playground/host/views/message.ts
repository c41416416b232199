import { MessageFlags } from 'discord-api-types/v10';
import type { Attachment, InteractionOrigin, Message } from '../../world/message.js';
import type { User } from '../../world/places.js';
import type { Component, File, Message as MessageView, ReplyTo } from '../message-protocol.js';

const EXCERPT = 120;

/** A message as one person sees it. */
export function messageView(message: Message, viewer: User): MessageView {
  const { id, body, channel, author, interaction, replyTo } = message;
  const files = body.attachments.map((file) => fileView(channel.id, file));
  return {
    key: `message:${id}`,
    kind: 'message',
    id,
    channelId: channel.id,
    authorId: author.id,
    at: message.createdAt,
    editedAt: message.editedAt ?? null,
    content: body.content,
    embeds: located(body.embeds, files),
    components: located(body.components, files) as readonly Component[], // Discord's union, seen loosely
    files,
    isWaiting: (body.flags & MessageFlags.Loading) !== 0,
    isPrivate: message.onlyFor !== undefined,
    callsViewer: body.mentions.everyone || body.mentions.users.includes(viewer),
    reactions: [...message.reactions].map(([emoji, users]) => ({
      emoji,
      userIds: users.map((user) => user.id),
    })),
    replyTo: replyTo === undefined ? null : replyView(replyTo),
    origin:
      interaction === undefined ? null : { userId: interaction.user.id, command: calledBy(interaction) },
  };
}

/** The command as people know it. */
function calledBy({ commandName, target }: InteractionOrigin): string | null {
  if (commandName === undefined) return null;
  return target === undefined ? `/${commandName}` : commandName;
}

function fileView(channelId: string, file: Attachment): File {
  return {
    id: file.id,
    name: file.filename,
    url: `/attachments/${channelId}/${file.id}/${encodeURIComponent(file.filename)}`,
    size: file.bytes.length,
    contentType: file.contentType,
    description: file.description ?? null,
    width: file.width ?? null,
    height: file.height ?? null,
  };
}

function replyView({ deleted, id, author, body }: Message): ReplyTo {
  if (deleted) return { id: null, authorId: null, excerpt: '' };
  const excerpt = body.content.replaceAll(/\s+/g, ' ').slice(0, EXCERPT);
  return { id, authorId: author.id, excerpt };
}

/** The same, with the addresses of uploaded files where it names them (`attachment://…`). */
function located<T>(value: T, files: readonly File[]): T {
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string' && inner.startsWith('attachment://')) {
      const name = inner.slice('attachment://'.length);
      return files.find((file) => file.name === name)?.url ?? inner;
    }
    if (Array.isArray(inner)) return inner.map(visit);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, entry]) => [key, visit(entry)]));
  };
  return visit(value) as T; // strings became strings
}
