import {
  GuildChannelResponseSchema,
  GuildMemberResponseSchema,
  GuildRoleResponseSchema,
  GuildWithCountsResponseSchema,
  ThreadResponseSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { compareSnowflakes } from '../../snowflake.js';
import { channelObject, guildObject, memberObject, roleObject } from '../../wire/guild.js';
import { removeGuild } from '../../world/guilds.js';
import { findGuild, findMember } from '../find.js';
import { param, type Route, route } from '../route.js';

export const guildRoutes: readonly Route[] = [
  route({
    on: 'GET /guilds/:guild',
    query: { with_counts: 'boolean' },
    answer: GuildWithCountsResponseSchema,
    handle: (call) => ({ status: 200, body: guildObject(call.world, findGuild(call)) }),
  }),
  route({
    on: 'GET /guilds/:guild/channels',
    answer: z.array(GuildChannelResponseSchema),
    handle(call) {
      const guild = findGuild(call);
      const channels = [...call.world.channels.values()];
      const own = channels.filter((channel) => channel.kind === 'guild' && channel.guild === guild);
      return { status: 200, body: own.map((channel) => channelObject(call.world, channel)) };
    },
  }),
  route({
    on: 'GET /guilds/:guild/threads/active',
    answer: z.object({ threads: z.array(ThreadResponseSchema), members: z.array(z.unknown()) }),
    handle(call) {
      const guild = findGuild(call);
      const channels = [...call.world.channels.values()];
      const threads = channels.filter(
        (channel) => channel.kind === 'thread' && channel.guild === guild && !channel.archived,
      );
      return {
        status: 200,
        body: { threads: threads.map((thread) => channelObject(call.world, thread)), members: [] },
      };
    },
  }),
  route({
    on: 'GET /guilds/:guild/roles',
    answer: z.array(GuildRoleResponseSchema),
    handle(call) {
      const roles = [...findGuild(call).roles.values()];
      return { status: 200, body: roles.map((role) => roleObject(call.world, role)) };
    },
  }),
  route({
    on: 'GET /guilds/:guild/members/:user',
    answer: GuildMemberResponseSchema,
    handle: (call) => ({ status: 200, body: memberObject(findMember(findGuild(call), param(call, 'user'))) }),
  }),
  route({
    on: 'GET /guilds/:guild/members',
    query: { limit: { min: 1, max: 1000 }, after: 'snowflake' },
    answer: z.array(GuildMemberResponseSchema),
    handle(call) {
      const members = [...findGuild(call).members.values()];
      const after = call.query.get('after') ?? '0';
      const later = members.filter(({ user }) => compareSnowflakes(user.id, after) > 0);
      later.sort((a, b) => compareSnowflakes(a.user.id, b.user.id));
      return { status: 200, body: later.slice(0, Number(call.query.get('limit') ?? 1)).map(memberObject) };
    },
  }),
  route({
    on: 'DELETE /users/@me/guilds/:guild',
    handle(call) {
      removeGuild(call.world, findGuild(call));
      return { status: 204 };
    },
  }),
];
