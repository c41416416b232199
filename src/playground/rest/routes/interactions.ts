import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  InteractionCallbackResponseSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { messageRules } from '../../validation/message-rules.js';
import { modalRules } from '../../validation/modal-rules.js';
import { messageObject } from '../../wire/message.js';
import { ACKNOWLEDGE_WITHIN_MS } from '../../world/interaction.js';
import { acknowledge, type CallbackRequest } from '../acknowledge.js';
import { refuse } from '../error.js';
import { param, type Route, route } from '../route.js';

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
    rules: (call) => (call.body.type === 9 ? modalRules(call.body.data) : messageRules(call, ['data'])),
    answer: InteractionCallbackResponseSchema,
    handle(call) {
      const { world } = call;
      const interaction = world.interactions.get(param(call, 'token'));
      if (interaction === undefined || interaction.id !== param(call, 'interaction'))
        throw refuse('unknownInteraction');
      if (interaction.acknowledgement !== undefined) throw refuse('alreadyAcknowledged');
      if (world.clock.now() - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS)
        throw refuse('unknownInteraction');
      const message = acknowledge(world, { interaction, request: call.body, files: call.files });
      if (call.query.get('with_response') !== 'true') return { status: 204 };
      const resource =
        message === undefined
          ? {}
          : { resource: { type: call.body.type, message: messageObject(world, message) } };
      const about = {
        id: interaction.id,
        type: interaction.type,
        ...(message === undefined
          ? {}
          : {
              response_message_id: message.id,
              response_message_loading: (message.body.flags & 128) !== 0,
              response_message_ephemeral: message.onlyFor !== undefined,
            }),
        channel_id: interaction.channel.id,
        ...(interaction.channel.kind === 'direct' ? {} : { guild_id: interaction.channel.guild.id }),
      };
      return { status: 200, body: { interaction: about, ...resource } };
    },
  }),
];
