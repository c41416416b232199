import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  InteractionCallbackResponseSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { InteractionResponseType as Response } from 'discord-api-types/v10';
import { z } from 'zod';
import { messageRules } from '../../validation/message-rules.js';
import { modalRules } from '../../validation/modal-rules.js';
import { isLoading, messageObject } from '../../wire/message.js';
import { ACKNOWLEDGE_WITHIN_MS, type Interaction } from '../../world/interaction.js';
import type { Message } from '../../world/message.js';
import type { World } from '../../world/world.js';
import { acknowledge, type CallbackRequest } from '../acknowledge.js';
import { refuse } from '../error.js';
import { type Call, param, type Route, route } from '../route.js';

const callback = z.union([
  CreateMessageInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
]);

export const interactionRoutes: readonly Route[] = [
  route<CallbackRequest>({
    on: 'POST /interactions/:interaction/:token/callback',
    needsBotToken: false,
    query: { with_response: 'boolean' },
    body: callback,
    rules: (call) =>
      call.body.type === Response.Modal ? modalRules(call.body.data) : messageRules(call, ['data']),
    answer: InteractionCallbackResponseSchema,
    handle(call) {
      const { world } = call;
      const interaction = findWaiting(call);
      const message = acknowledge(world, { interaction, request: call.body, files: call.files });
      if (call.query.get('with_response') !== 'true') return { status: 204 };
      return { status: 200, body: callbackResponse(world, interaction, message) };
    },
  }),
];

/** The interaction the path names, if it still waits. @throws Refusal 10062 (unknown, or too late), 40060 (answered). */
function findWaiting(call: Call<CallbackRequest>): Interaction {
  const interaction = call.world.interactions.get(param(call, 'token'));
  if (interaction === undefined || interaction.id !== param(call, 'interaction')) {
    throw refuse('unknownInteraction');
  }
  if (interaction.acknowledgement !== undefined) throw refuse('alreadyAcknowledged');
  const waited = call.world.clock.now() - interaction.createdAt;
  if (waited > ACKNOWLEDGE_WITHIN_MS) throw refuse('unknownInteraction');
  return interaction;
}

function callbackResponse(world: World, interaction: Interaction, message: Message | undefined): object {
  const { id, type, channel } = interaction;
  const place = {
    channel_id: channel.id,
    ...(channel.kind === 'direct' ? {} : { guild_id: channel.guild.id }),
  };
  if (message === undefined) return { interaction: { id, type, ...place } };
  const about = {
    response_message_id: message.id,
    response_message_loading: isLoading(message),
    response_message_ephemeral: message.onlyFor !== undefined,
  };
  // The description knows two kinds of resource with a message: made, and updated.
  const kind = message === interaction.message ? Response.UpdateMessage : Response.ChannelMessageWithSource;
  return {
    interaction: { id, type, ...place, ...about },
    resource: { type: kind, message: messageObject(world, message) },
  };
}
