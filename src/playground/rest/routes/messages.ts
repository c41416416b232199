import {
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  MessageResponseSchema,
} from 'discord-api-spec/zod';
import { ChannelType, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { compareSnowflakes, snowflakeTime } from '../../snowflake.js';
import { messageRules } from '../../validation/message-rules.js';
import { messageObject } from '../../wire/message.js';
import type { Message } from '../../world/message.js';
import {
  createMessage,
  deleteMessages,
  editMessage,
  messagesIn,
  messageWithNonce,
} from '../../world/messages.js';
import { mayIn, type PermissionName } from '../../world/permissions.js';
import type { Channel, User } from '../../world/places.js';
import { archiveThread } from '../../world/threads.js';
import type { World } from '../../world/world.js';
import { invalidForm, refuse } from '../error.js';
import { findChannel, findMessage, requireAwake, requirePermissions } from '../find.js';
import { countLateEdit } from '../late-edits.js';
import { composeMessage, type MessageRequest } from '../message-body.js';
import { type Route, route } from '../route.js';

const PER_CHANNEL = { requests: 5, windowMs: 5_000 };
const BULK_DELETE_AGE_MS = 14 * 24 * 60 * 60_000;
/** What a bot may set by itself. */
const OWN_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
const bulkDelete = z.object({ messages: z.array(z.string().regex(/^\d+$/)).min(2).max(100) });

interface CreateRequest extends MessageRequest {
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: {
    readonly message_id: string;
    readonly fail_if_not_exists?: boolean | null;
  } | null;
}

export const messageRoutes: readonly Route[] = [
  route({
    on: 'GET /channels/:channel/messages',
    query: { around: 'snowflake', before: 'snowflake', after: 'snowflake', limit: { min: 1, max: 100 } },
    answer: z.array(MessageResponseSchema),
    handle(call) {
      const channel = findChannel(call);
      const { world, query } = call;
      const readable = mayIn(channel, world.application.bot.id, ['ReadMessageHistory']);
      const messages = readable ? page(messagesIn(world, channel), query) : [];
      return { status: 200, body: messages.map((message) => messageObject(world, message)) };
    },
  }),
  route({
    on: 'GET /channels/:channel/messages/:message',
    answer: MessageResponseSchema,
    handle(call) {
      const channel = findChannel(call);
      requirePermissions(call.world, channel, ['ReadMessageHistory']);
      return { status: 200, body: messageObject(call.world, findMessage(call, channel)) };
    },
  }),
  route<CreateRequest>({
    on: 'POST /channels/:channel/messages',
    limit: PER_CHANNEL,
    body: MessageCreateRequestSchema,
    rules: messageRules,
    answer: MessageResponseSchema,
    handle(call) {
      const { world, body, files } = call;
      const channel = findChannel(call);
      requireWriting(world, channel, body, files.size);
      const author = world.application.bot;
      const nonce = body.nonce ?? undefined;
      if (nonce !== undefined && body.enforce_nonce) {
        const earlier = messageWithNonce(world, { channel, author, nonce });
        if (earlier !== undefined) return { status: 200, body: messageObject(world, earlier) };
      }
      const replyTo = findReplied(world, channel, body.message_reference);
      const composed = composeMessage(world, {
        request: body,
        files,
        channel,
        author,
        repliedTo: replyTo?.author,
      });
      const flagged = { ...composed, flags: composed.flags & OWN_FLAGS };
      const message = createMessage(world, { channel, author, body: flagged, nonce, replyTo });
      return { status: 200, body: messageObject(world, message) };
    },
  }),
  route<MessageRequest>({
    on: 'PATCH /channels/:channel/messages/:message',
    limit: PER_CHANNEL,
    body: MessageEditRequestPartialSchema,
    rules: messageRules,
    answer: MessageResponseSchema,
    handle(call) {
      const { world, body, files } = call;
      const channel = findChannel(call);
      const message = findMessage(call, channel);
      const author = world.application.bot;
      if (message.author !== author) throw refuse('notTheAuthor');
      requireAwake(channel);
      if (files.size > 0) requirePermissions(world, channel, ['AttachFiles']);
      countLateEdit(world, message);
      const before = withoutLoading(message);
      editMessage(world, message, composeMessage(world, { request: body, files, channel, author, before }));
      return { status: 200, body: messageObject(world, message) };
    },
  }),
  route({
    on: 'DELETE /channels/:channel/messages/:message',
    limit: { requests: 5, windowMs: 1_000 },
    handle(call) {
      const channel = findChannel(call);
      const message = findMessage(call, channel);
      if (message.author !== call.world.application.bot) {
        if (channel.kind === 'direct') throw refuse('directForbidden');
        requirePermissions(call.world, channel, ['ManageMessages']);
      }
      deleteMessages(call.world, channel, [message]);
      return { status: 204 };
    },
  }),
  route<z.output<typeof bulkDelete>>({
    on: 'POST /channels/:channel/messages/bulk-delete',
    limit: { requests: 1, windowMs: 1_000 },
    body: bulkDelete,
    handle(call) {
      const channel = findChannel(call);
      const { world, body } = call;
      if (channel.kind === 'direct') throw refuse('directForbidden');
      requirePermissions(world, channel, ['ManageMessages']);
      const oldest = world.clock.now() - BULK_DELETE_AGE_MS;
      if (body.messages.some((id) => snowflakeTime(id) < oldest)) throw refuse('tooOldToBulkDelete');
      const here = messagesIn(world, channel).filter(({ id }) => body.messages.includes(id));
      deleteMessages(world, channel, here);
      return { status: 204 };
    },
  }),
];

/**
 * Wakes an archived thread.
 *
 * @throws Refusal 50013 when the bot may not post what it wants to, 50007, 50008, 50278, 160005 where nobody may.
 */
function requireWriting(world: World, channel: Channel, { embeds }: MessageRequest, files: number): void {
  if (channel.kind === 'direct') requireOpen(world, channel.recipient);
  if (channel.type === ChannelType.GuildForum) throw refuse('notATextChannel');
  const needed: PermissionName[] = ['SendMessages'];
  if (files > 0) needed.push('AttachFiles');
  if ((embeds ?? []).length > 0) needed.push('EmbedLinks');
  requirePermissions(world, channel, needed);
  if (channel.kind !== 'thread' || !channel.archived) return;
  if (channel.locked && !mayIn(channel, world.application.bot.id, ['ManageThreads'])) throw refuse('locked');
  archiveThread(world, channel, { archived: false });
}

/** @throws Refusal 50007 where somebody takes no direct messages, 50278 where nothing connects them with the bot. */
function requireOpen(world: World, recipient: User): void {
  const isMember = [...world.guilds.values()].some(({ members }) => members.has(recipient.id));
  if (!isMember) throw refuse('noMutualGuilds');
  if (!recipient.acceptsDirect) throw refuse('cannotMessageUser');
}

function findReplied(
  world: World,
  channel: Channel,
  reference: CreateRequest['message_reference'],
): Message | undefined {
  if (!reference) return undefined;
  if (!mayIn(channel, world.application.bot.id, ['ReadMessageHistory'])) throw refuse('replyNeedsHistory');
  const replied = world.messages.get(reference.message_id);
  if (replied !== undefined && replied.channel === channel) return replied;
  if (reference.fail_if_not_exists === false) return undefined;
  const unknown = { code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' };
  throw invalidForm({ message_reference: { _errors: [unknown] } });
}

/** An edit with the bot's own token ends a deferred reply's waiting state, like one with the interaction's token. */
function withoutLoading({ body }: Message): Message['body'] {
  return { ...body, flags: body.flags & ~MessageFlags.Loading };
}

/** Newest first; `around` takes half of the limit from either side. */
function page(messages: readonly Message[], query: URLSearchParams): Message[] {
  const limit = Number(query.get('limit') ?? 50);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  if (around) {
    const older = messages
      .filter(({ id }) => compareSnowflakes(id, around) < 0)
      .slice(-Math.floor(limit / 2));
    const rest = messages
      .filter(({ id }) => compareSnowflakes(id, around) >= 0)
      .slice(0, limit - older.length);
    return [...older, ...rest].reverse();
  }
  if (after)
    return messages
      .filter(({ id }) => compareSnowflakes(id, after) > 0)
      .slice(0, limit)
      .reverse();
  const range = before ? messages.filter(({ id }) => compareSnowflakes(id, before) < 0) : messages;
  return range.slice(-limit).reverse();
}
