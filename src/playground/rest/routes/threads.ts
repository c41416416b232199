import {
  CreatedThreadResponseSchema,
  CreateForumThreadRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  ThreadResponseSchema,
  UpdateThreadRequestPartialSchema,
} from 'discord-api-spec/zod';
import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { messageRules } from '../../validation/message-rules.js';
import { threadObject } from '../../wire/guild.js';
import { messageObject } from '../../wire/message.js';
import type { Channel, GuildChannel, ThreadChannel } from '../../world/places.js';
import { createPost } from '../../world/posts.js';
import { archiveThread, createThread, joinThread } from '../../world/threads.js';
import { invalidForm, refuse } from '../error.js';
import { findChannel, findMessage, requireAwake, requirePermissions } from '../find.js';
import { composeMessage, type MessageRequest } from '../message-body.js';
import { type Call, type Route, route } from '../route.js';

interface NewThreadRequest {
  readonly name: string;
  readonly type?: ChannelType | null;
  /** What a post of a forum begins with. */
  readonly message?: MessageRequest;
}

/** Which of the two it is says the message, as only posts have one. */
const newThread = z.union([CreateForumThreadRequestSchema, CreateTextThreadWithoutMessageRequestSchema]);

export const threadRoutes: readonly Route[] = [
  route<NewThreadRequest>({
    on: 'POST /channels/:channel/messages/:message/threads',
    body: CreateTextThreadWithMessageRequestSchema,
    answer: ThreadResponseSchema,
    handle(call) {
      const { world } = call;
      const parent = guildChannelOf(findChannel(call));
      const message = findMessage(call, parent);
      requirePermissions(world, parent, ['CreatePublicThreads']);
      if (world.channels.has(message.id)) throw refuse('threadAlreadyCreated');
      const owner = world.application.bot;
      const thread = createThread(world, { parent, name: call.body.name, owner, messageId: message.id });
      return { status: 201, body: threadObject(world, thread) };
    },
  }),
  route<NewThreadRequest>({
    on: 'POST /channels/:channel/threads',
    body: newThread,
    rules: (call) => messageRules(call, ['message']),
    answer: CreatedThreadResponseSchema,
    handle(call) {
      const { world, body } = call;
      const parent = guildChannelOf(findChannel(call));
      if (parent.type === ChannelType.GuildForum) return { status: 201, body: newPost(call, parent) };
      // Private is what Discord makes of a thread without message and without type.
      const isPrivate = body.type !== ChannelType.PublicThread;
      requirePermissions(world, parent, [isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads']);
      const owner = world.application.bot;
      const thread = createThread(world, { parent, name: body.name, owner, isPrivate });
      return { status: 201, body: threadObject(world, thread) };
    },
  }),
  route<{ readonly archived?: boolean | null; readonly locked?: boolean | null }>({
    on: 'PATCH /channels/:channel',
    body: UpdateThreadRequestPartialSchema,
    answer: ThreadResponseSchema,
    handle(call) {
      const thread = threadOf(findChannel(call));
      const { world, body } = call;
      if (thread.ownerId !== world.application.bot.id) requirePermissions(world, thread, ['ManageThreads']);
      const { archived, locked } = body;
      // A locked thread is for those who manage threads to change.
      if (thread.locked || typeof locked === 'boolean') requirePermissions(world, thread, ['ManageThreads']);
      if (thread.archived && archived !== false) throw refuse('archived');
      archiveThread(world, thread, {
        archived: archived ?? thread.archived,
        locked: locked ?? thread.locked,
      });
      return { status: 200, body: threadObject(world, thread) };
    },
  }),
  route({
    on: 'PUT /channels/:channel/thread-members/@me',
    handle(call) {
      const thread = threadOf(findChannel(call));
      requireAwake(thread);
      joinThread(call.world, thread, call.world.application.bot);
      return { status: 204 };
    },
  }),
  route({
    on: 'DELETE /channels/:channel/thread-members/@me',
    handle(call) {
      threadOf(findChannel(call)).memberIds.delete(call.world.application.bot.id);
      return { status: 204 };
    },
  }),
];

function newPost({ world, body, files }: Call<NewThreadRequest>, forum: GuildChannel): object {
  if (body.message === undefined) {
    throw invalidForm({
      message: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] },
    });
  }
  requirePermissions(world, forum, ['SendMessages', ...(files.size > 0 ? (['AttachFiles'] as const) : [])]);
  const owner = world.application.bot;
  const composed = composeMessage(world, { request: body.message, files, channel: forum, author: owner });
  const { thread, message } = createPost(world, { forum, owner, name: body.name, body: composed });
  return { ...threadObject(world, thread), message: messageObject(world, message) };
}

function guildChannelOf(channel: Channel): GuildChannel {
  if (channel.kind !== 'guild') throw refuse('directForbidden');
  return channel;
}

function threadOf(channel: Channel): ThreadChannel {
  if (channel.kind !== 'thread') throw refuse('missingPermissions');
  return channel;
}
