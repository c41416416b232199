import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Channel, Guild, GuildChannel, Member } from './places.js';

export type PermissionName = keyof typeof P;

export const ALL_PERMISSIONS = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** What either side may do in a direct conversation. */
const DIRECT_PERMISSIONS = permissionBits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
]);

/** What nobody keeps who may not write. */
const NEEDS_SENDING = permissionBits(['EmbedLinks', 'AttachFiles', 'MentionEveryone', 'SendTTSMessages']);

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | P[name], 0n);
}

/** What a member may do in a guild as a whole: @everyone and their roles; owner and administrators: everything. */
export function guildPermissions(guild: Guild, member: Member): bigint {
  if (member.user.id === guild.ownerId) return ALL_PERMISSIONS;
  const roles = [guild.id, ...member.roles].map((id) => guild.roles.get(id)?.permissions ?? 0n);
  const bits = roles.reduce((sum, role) => sum | role, 0n);
  return (bits & P.Administrator) !== 0n ? ALL_PERMISSIONS : bits;
}

/** What a user may do in a channel; nothing in a private thread that they are no member of and do not manage. */
export function channelPermissions(channel: Channel, userId: string): bigint {
  const bits = permissionsByRule(channel, userId);
  const isPrivate = channel.kind === 'thread' && channel.type === ChannelType.PrivateThread;
  if (!isPrivate || channel.memberIds.has(userId) || (bits & P.ManageThreads) !== 0n) return bits;
  return 0n;
}

/**
 * What the rules of a place give a user: the guild's permissions, then the channel's overwrites for @everyone, for the
 * roles together, for the member, in this order; a thread has its parent's. Nothing for who is not a member. This is
 * what an interaction tells a bot of itself, members of a private thread or not.
 */
export function permissionsByRule(channel: Channel, userId: string): bigint {
  if (channel.kind === 'direct') return DIRECT_PERMISSIONS;
  const member = channel.guild.members.get(userId);
  if (member === undefined) return 0n;
  const base = guildPermissions(channel.guild, member);
  if (base === ALL_PERMISSIONS) return base;
  const place = channel.kind === 'thread' ? channel.parent : channel;
  const bits = withoutImplied(applyOverwrites(base, place, member), place);
  if (channel.kind === 'guild') return bits;
  // In a thread, SendMessagesInThreads decides on writing; the rest of the rules ask for SendMessages.
  const writes = (bits & P.SendMessagesInThreads) !== 0n;
  return writes ? bits | P.SendMessages : bits & ~P.SendMessages;
}

export function mayIn(channel: Channel, userId: string, names: readonly PermissionName[]): boolean {
  const needed = permissionBits(names);
  return (channelPermissions(channel, userId) & needed) === needed;
}

function applyOverwrites(base: bigint, channel: GuildChannel, member: Member): bigint {
  const everyone = channel.overwrites.filter(({ id }) => id === channel.guild.id);
  const roles = channel.overwrites.filter(({ id }) => member.roles.includes(id));
  const own = channel.overwrites.filter(({ id }) => id === member.user.id);
  return [everyone, roles, own].reduce((bits, layer) => {
    const deny = layer.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
    const allow = layer.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
    return (bits & ~deny) | allow;
  }, base);
}

function withoutImplied(bits: bigint, { type }: GuildChannel): bigint {
  if ((bits & P.ViewChannel) === 0n) return 0n;
  // Who may not join a voice channel may not write in its chat either.
  const isVoice = type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
  if (isVoice && (bits & P.Connect) === 0n) return bits & P.ViewChannel;
  const cannotWrite = (bits & (P.SendMessages | P.SendMessagesInThreads)) === 0n;
  return cannotWrite ? bits & ~NEEDS_SENDING : bits;
}
