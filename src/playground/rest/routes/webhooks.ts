import {
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageResponseSchema,
} from 'discord-api-spec/zod';
import { MessageFlags } from 'discord-api-types/v10';
import { messageRules } from '../../validation/message-rules.js';
import { isLoading, messageObject } from '../../wire/message.js';
import { type Interaction, tokenLives } from '../../world/interaction.js';
import type { Message } from '../../world/message.js';
import { deleteMessages, editMessage } from '../../world/messages.js';
import { answerWith } from '../acknowledge.js';
import { refuse } from '../error.js';
import { requireAwake } from '../find.js';
import { composeMessage, type MessageRequest } from '../message-body.js';
import { type Call, param, type Route, route } from '../route.js';

const LIMIT = { requests: 5, windowMs: 2_000 };
const HOOK = '/webhooks/:application/:token';
const ANSWER_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/** What an interaction's token still does after the acknowledgement: follow up, and edit, read, delete its messages. */
export const webhookRoutes: readonly Route[] = [
  route<MessageRequest>({
    on: `POST ${HOOK}`,
    needsBotToken: false,
    limit: LIMIT,
    query: { wait: 'boolean', thread_id: 'snowflake', with_components: 'boolean' },
    body: IncomingWebhookRequestPartialSchema,
    rules: messageRules,
    answer: MessageResponseSchema,
    handle(call) {
      const { world, body } = call;
      const interaction = findInteraction(call);
      const original = interaction.original;
      // The first follow-up after a deferral takes the waiting message's place, and its visibility.
      if (original !== undefined && isLoading(original) && !original.deleted)
        return edit(call, interaction, original);
      const composed = compose(call, interaction);
      const message = answerWith(world, interaction, {
        ...composed,
        flags: (body.flags ?? 0) & ANSWER_FLAGS,
      });
      interaction.followUps.push(message);
      return { status: 200, body: messageObject(world, message) };
    },
  }),
  route({
    on: `GET ${HOOK}/messages/:message`,
    needsBotToken: false,
    query: { thread_id: 'snowflake' },
    answer: MessageResponseSchema,
    handle(call) {
      const message = findAnswer(call, findInteraction(call));
      return { status: 200, body: messageObject(call.world, message) };
    },
  }),
  route<MessageRequest>({
    on: `PATCH ${HOOK}/messages/:message`,
    needsBotToken: false,
    limit: LIMIT,
    query: { thread_id: 'snowflake', with_components: 'boolean' },
    body: IncomingWebhookUpdateRequestPartialSchema,
    rules: messageRules,
    answer: MessageResponseSchema,
    handle(call) {
      const interaction = findInteraction(call);
      return edit(call, interaction, findAnswer(call, interaction));
    },
  }),
  route({
    on: `DELETE ${HOOK}/messages/:message`,
    needsBotToken: false,
    limit: LIMIT,
    query: { thread_id: 'snowflake' },
    handle(call) {
      const message = findAnswer(call, findInteraction(call));
      deleteMessages(call.world, message.channel, [message]);
      return { status: 204 };
    },
  }),
];

/** @throws Refusal 10015 before the acknowledgement or for an unknown token, 50027 after its 15 minutes. */
function findInteraction(call: Call): Interaction {
  const interaction = call.world.interactions.get(param(call, 'token'));
  if (interaction === undefined || param(call, 'application') !== call.world.application.id)
    throw refuse('unknownWebhook');
  if (!tokenLives(interaction, call.world.clock.now())) throw refuse('invalidToken');
  if (interaction.acknowledgement === undefined) throw refuse('unknownWebhook');
  return interaction;
}

function findAnswer(call: Call, interaction: Interaction): Message {
  const id = param(call, 'message');
  const message =
    id === '@original'
      ? interaction.original
      : (interaction.followUps.find((other) => other.id === id) ??
        (interaction.original?.id === id ? interaction.original : undefined));
  if (message === undefined || message.deleted) throw refuse('unknownMessage');
  return message;
}

function edit(call: Call<MessageRequest>, interaction: Interaction, message: Message) {
  requireAwake(interaction.channel);
  const kept = message.body.flags & ~MessageFlags.Loading;
  const settable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  const flags = (kept & ~MessageFlags.SuppressEmbeds) | ((call.body.flags ?? kept) & settable);
  const body = compose(call, interaction, message);
  editMessage(call.world, message, { ...body, flags });
  return { status: 200, body: messageObject(call.world, message) };
}

function compose(
  { world, body, files }: Call<MessageRequest>,
  { channel, user }: Interaction,
  message?: Message,
) {
  const author = world.application.bot;
  const fileBytes = user.attachmentSizeLimit;
  const before = message === undefined ? {} : { before: message.body };
  return composeMessage(world, { request: body, files, channel, author, fileBytes, ...before });
}
