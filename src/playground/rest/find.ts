import type { Message } from '../world/message.js';
import { mayIn, type PermissionName } from '../world/permissions.js';
import type { Channel, Guild, Member } from '../world/places.js';
import type { World } from '../world/world.js';
import { refuse } from './error.js';
import { type Call, param } from './route.js';

/** The channel of `:channel`, which the bot has to be able to see. @throws Refusal 10003, 50001. */
export function findChannel(call: Call): Channel {
  const channel = call.world.channels.get(param(call, 'channel'));
  if (channel === undefined) throw refuse('unknownChannel');
  requireAccess(call.world, channel);
  return channel;
}

/** The message of `:message` in the channel; ephemeral ones are unknown here. @throws Refusal 10008. */
export function findMessage(call: Call, channel: Channel): Message {
  const message = call.world.messages.get(param(call, 'message'));
  if (message === undefined || message.channel !== channel || message.onlyFor !== undefined) {
    throw refuse('unknownMessage');
  }
  return message;
}

/** The guild of `:guild`; to the bot there are only those it is in. @throws Refusal 10004. */
export function findGuild(call: Call): Guild {
  const guild = call.world.guilds.get(param(call, 'guild'));
  if (guild === undefined) throw refuse('unknownGuild');
  return guild;
}

export function findMember(guild: Guild, userId: string): Member {
  const member = guild.members.get(userId);
  if (member === undefined) throw refuse('unknownMember');
  return member;
}

/** @throws Refusal 50001 when the bot does not see the channel. */
export function requireAccess(world: World, channel: Channel): void {
  if (!mayIn(channel, world.application.bot.id, ['ViewChannel'])) throw refuse('missingAccess');
}

/** @throws Refusal 50083 in a thread that is archived: whatever changes what stands there, save a new message. */
export function requireAwake(channel: Channel): void {
  if (channel.kind === 'thread' && channel.archived) throw refuse('archived');
}

/** @throws Refusal 50013 when the bot lacks one of the permissions. */
export function requirePermissions(world: World, channel: Channel, names: readonly PermissionName[]): void {
  if (!mayIn(channel, world.application.bot.id, names)) throw refuse('missingPermissions');
}
