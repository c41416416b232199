import {
  GuildChannelResponseSchema,
  PrivateChannelResponseSchema,
  ThreadResponseSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { channelObject } from '../../wire/guild.js';
import { removeChannel } from '../../world/channels.js';
import { findChannel, requirePermissions } from '../find.js';
import { type Route, route } from '../route.js';

export const anyChannel = z.union([
  GuildChannelResponseSchema,
  PrivateChannelResponseSchema,
  ThreadResponseSchema,
]);

export const channelRoutes: readonly Route[] = [
  route({
    on: 'GET /channels/:channel',
    answer: anyChannel,
    handle: (call) => ({ status: 200, body: channelObject(call.world, findChannel(call)) }),
  }),
  route({
    on: 'DELETE /channels/:channel',
    answer: anyChannel,
    handle(call) {
      const channel = findChannel(call);
      if (channel.kind !== 'direct') {
        requirePermissions(call.world, channel, [
          channel.kind === 'thread' ? 'ManageThreads' : 'ManageChannels',
        ]);
      }
      const body = channelObject(call.world, channel);
      if (channel.kind !== 'direct') removeChannel(call.world, channel);
      return { status: 200, body };
    },
  }),
  route({
    on: 'POST /channels/:channel/typing',
    handle(call) {
      requirePermissions(call.world, findChannel(call), ['SendMessages']);
      return { status: 204 };
    },
  }),
];
