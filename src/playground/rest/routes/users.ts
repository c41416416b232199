import {
  CreatePrivateChannelRequestSchema,
  MyGuildResponseSchema,
  PrivateChannelResponseSchema,
  UserPIIResponseSchema,
  UserResponseSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { channelObject, ownGuild } from '../../wire/guild.js';
import { ownUser, userObject } from '../../wire/user.js';
import { directChannel } from '../../world/channels.js';
import { refuse } from '../error.js';
import { param, type Route, route } from '../route.js';

export const userRoutes: readonly Route[] = [
  route({
    on: 'GET /users/@me',
    answer: UserPIIResponseSchema,
    handle: ({ world }) => ({ status: 200, body: ownUser(world.application.bot) }),
  }),
  route({
    on: 'GET /users/@me/guilds',
    query: {
      before: 'snowflake',
      after: 'snowflake',
      limit: { min: 1, max: 200 },
      with_counts: 'boolean',
    },
    answer: z.array(MyGuildResponseSchema),
    handle: ({ world }) => ({
      status: 200,
      body: [...world.guilds.values()].map((guild) => ownGuild(world, guild)),
    }),
  }),
  route({
    on: 'GET /users/:user',
    answer: UserResponseSchema,
    handle(call) {
      const user = call.world.users.get(param(call, 'user'));
      if (user === undefined) throw refuse('unknownUser');
      return { status: 200, body: userObject(user) };
    },
  }),
  route<{ readonly recipient_id?: string | null }>({
    on: 'POST /users/@me/channels',
    body: CreatePrivateChannelRequestSchema,
    answer: PrivateChannelResponseSchema,
    handle({ world, body }) {
      const user = world.users.get(body.recipient_id ?? '');
      if (user === undefined) throw refuse('unknownUser');
      if (user.bot) throw refuse('cannotMessageUser');
      return { status: 200, body: channelObject(world, directChannel(world, user)) };
    },
  }),
];
