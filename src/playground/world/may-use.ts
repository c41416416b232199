import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Command } from './command.js';
import { ALL_PERMISSIONS, channelPermissions, guildPermissions } from './permissions.js';
import type { Channel, CommandPermission, Guild, Member } from './places.js';

type GuildPlace = Exclude<Channel, { readonly kind: 'direct' }>;

/**
 * Whether a member is shown a command in a channel. What the guild's admins say about it goes before the permissions
 * that the bot suggested: of a channel the channel's own word before that for all channels; of a person their own word
 * before that of their roles, and that before everybody's.
 */
export function mayUse(
  command: Command,
  { channel, userId }: { channel: GuildPlace; userId: string },
): boolean {
  const { guild } = channel;
  const member = guild.members.get(userId);
  if (member === undefined) return false;
  if (guildPermissions(guild, member) === ALL_PERMISSIONS) return true;
  const permissions = channelPermissions(channel, userId);
  if ((permissions & PermissionFlagsBits.UseApplicationCommands) === 0n) return false;
  const said = guild.commandPermissions.get(command.id) ?? [];
  const place = channel.kind === 'thread' ? channel.parent : channel;
  const ofChannel = wordOn(said, place.id) ?? wordOn(said, allChannels(guild)) ?? true;
  const needed = BigInt(command.body.default_member_permissions ?? 0);
  const suggested = (permissions & needed) === needed;
  return ofChannel && (wordOnMember(said, guild, member) ?? suggested);
}

function wordOnMember(said: readonly CommandPermission[], guild: Guild, member: Member): boolean | undefined {
  const ofRoles = member.roles.flatMap((id) => wordOn(said, id) ?? []);
  const roles = ofRoles.length === 0 ? undefined : ofRoles.includes(true);
  return wordOn(said, member.user.id) ?? roles ?? wordOn(said, guild.id);
}

function wordOn(said: readonly CommandPermission[], id: string): boolean | undefined {
  return said.find((permission) => permission.id === id)?.allowed;
}

/** The id by which Discord means every channel of a guild. */
export function allChannels({ id }: Guild): string {
  return String(BigInt(id) - 1n);
}
