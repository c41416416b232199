import { ChannelType, GatewayIntentBits as I } from 'discord-api-types/v10';
import { guildChannel } from '../wire/guild.js';
import { type PermissionName, permissionBits } from './permissions.js';
import type { Channel, DirectChannel, Guild, GuildChannel, User } from './places.js';
import type { World } from './world.js';

const TYPES = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  voice: ChannelType.GuildVoice,
  stage: ChannelType.GuildStageVoice,
  forum: ChannelType.GuildForum,
} as const satisfies Record<string, GuildChannel['type']>;

export type ChannelKind = keyof typeof TYPES;
export const CHANNEL_KINDS = Object.keys(TYPES) as readonly ChannelKind[]; // whose keys they are

export interface NewChannel {
  readonly guild: Guild;
  readonly name: string;
  readonly nsfw?: boolean;
  /** Of which kind it is; for text when absent. */
  readonly kind?: ChannelKind;
}

export function addChannel(
  world: World,
  { guild, name, nsfw = false, kind = 'text' }: NewChannel,
): GuildChannel {
  const channel: GuildChannel = {
    kind: 'guild',
    type: TYPES[kind],
    id: world.nextId(),
    guild,
    name,
    nsfw,
    overwrites: [],
    lastMessageId: null,
  };
  world.channels.set(channel.id, channel);
  world.dispatch({ event: 'CHANNEL_CREATE', data: guildChannel(channel), intents: [I.Guilds], channel });
  return channel;
}

/** The conversation of the bot with one person; there is only one. */
export function directChannel(world: World, recipient: User): DirectChannel {
  for (const channel of world.channels.values()) {
    if (channel.kind === 'direct' && channel.recipient === recipient) return channel;
  }
  const channel: DirectChannel = {
    kind: 'direct',
    type: ChannelType.DM,
    id: world.nextId(),
    recipient,
    lastMessageId: null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export interface ChannelRule {
  readonly channel: GuildChannel;
  /** A member, or everyone when absent. */
  readonly user?: User;
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

/** Sets what someone may in a channel beyond, or short of, their roles; the earlier rule for them ends. */
export function setChannelRule(world: World, { channel, user, allow = [], deny = [] }: ChannelRule): void {
  const id = user?.id ?? channel.guild.id;
  channel.overwrites = [
    ...channel.overwrites.filter((overwrite) => overwrite.id !== id),
    {
      id,
      kind: user === undefined ? 'role' : 'member',
      allow: permissionBits(allow),
      deny: permissionBits(deny),
    },
  ];
  world.dispatch({ event: 'CHANNEL_UPDATE', data: guildChannel(channel), intents: [I.Guilds] });
}

/** Takes a channel away with its threads and messages. */
export function removeChannel(world: World, channel: Channel): void {
  for (const other of [...world.channels.values()]) {
    if (other.kind === 'thread' && other.parent === channel) removeChannel(world, other);
  }
  world.channels.delete(channel.id);
  for (const message of [...world.messages.values()]) {
    if (message.channel === channel) {
      message.deleted = true;
      world.messages.delete(message.id);
    }
  }
  if (channel.kind === 'guild') {
    world.dispatch({ event: 'CHANNEL_DELETE', data: guildChannel(channel), intents: [I.Guilds] });
  } else if (channel.kind === 'thread') {
    const { id, type, parent, guild } = channel;
    world.dispatch({
      event: 'THREAD_DELETE',
      data: { id, type, parent_id: parent.id, guild_id: guild.id },
      intents: [I.Guilds],
    });
  }
  world.changed();
}
