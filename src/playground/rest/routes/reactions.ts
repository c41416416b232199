import { UserResponseSchema } from 'discord-api-spec/zod';
import { z } from 'zod';
import { compareSnowflakes } from '../../snowflake.js';
import { isEmoji } from '../../wire/emoji.js';
import { userObject } from '../../wire/user.js';
import { addReaction, clearReactions, removeReaction } from '../../world/messages.js';
import { refuse } from '../error.js';
import { findChannel, findMessage, requireAwake, requirePermissions } from '../find.js';
import { type Call, param, type Route, route } from '../route.js';

const LIMIT = { requests: 1, windowMs: 250 };
const REACTIONS = '/channels/:channel/messages/:message/reactions';
const KINDS = 20;

export const reactionRoutes: readonly Route[] = [
  route({
    on: `PUT ${REACTIONS}/:emoji/@me`,
    limit: LIMIT,
    handle(call) {
      const { world } = call;
      const { channel, message, emoji } = findReaction(call);
      requirePermissions(world, channel, ['ReadMessageHistory']);
      requireAwake(channel);
      if (!message.reactions.has(emoji)) {
        requirePermissions(world, channel, ['AddReactions']);
        if (message.reactions.size >= KINDS) throw refuse('tooManyReactions');
      }
      addReaction(world, { message, user: world.application.bot, emoji });
      return { status: 204 };
    },
  }),
  route({
    on: `DELETE ${REACTIONS}/:emoji/@me`,
    limit: LIMIT,
    handle(call) {
      const { message, emoji } = findReaction(call);
      removeReaction(call.world, { message, user: call.world.application.bot, emoji });
      return { status: 204 };
    },
  }),
  route({
    on: `DELETE ${REACTIONS}/:emoji/:user`,
    limit: LIMIT,
    handle(call) {
      const { channel, message, emoji } = findReaction(call);
      if (channel.kind === 'direct') throw refuse('directForbidden');
      requirePermissions(call.world, channel, ['ManageMessages']);
      const user = call.world.users.get(param(call, 'user'));
      if (user === undefined) throw refuse('unknownUser');
      removeReaction(call.world, { message, user, emoji });
      return { status: 204 };
    },
  }),
  route({
    on: `GET ${REACTIONS}/:emoji`,
    query: { after: 'snowflake', limit: { min: 1, max: 100 }, type: { min: 0, max: 1 } },
    answer: z.array(UserResponseSchema),
    handle(call) {
      const { message, emoji } = findReaction(call);
      const after = call.query.get('after') ?? '0';
      const users = [...(message.reactions.get(emoji) ?? [])].sort((a, b) => compareSnowflakes(a.id, b.id));
      const later = users.filter(({ id }) => compareSnowflakes(id, after) > 0);
      return { status: 200, body: later.slice(0, Number(call.query.get('limit') ?? 25)).map(userObject) };
    },
  }),
  route({
    on: `DELETE ${REACTIONS}/:emoji`,
    limit: LIMIT,
    handle(call) {
      const { channel, message, emoji } = findReaction(call);
      requirePermissions(call.world, channel, ['ManageMessages']);
      clearReactions(call.world, message, emoji);
      return { status: 204 };
    },
  }),
  route({
    on: `DELETE ${REACTIONS}`,
    limit: LIMIT,
    handle(call) {
      const channel = findChannel(call);
      const message = findMessage(call, channel);
      requirePermissions(call.world, channel, ['ManageMessages']);
      clearReactions(call.world, message);
      return { status: 204 };
    },
  }),
];

function findReaction(call: Call<undefined>) {
  const channel = findChannel(call);
  const emoji = param(call, 'emoji');
  if (!isEmoji(emoji)) throw refuse('unknownEmoji');
  return { channel, message: findMessage(call, channel), emoji };
}
