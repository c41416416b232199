import { ChannelType, GatewayIntentBits as I, Locale } from 'discord-api-types/v10';
import { guildChannel, guildCreate, memberAdd, roleObject } from '../wire/guild.js';
import { type PermissionName, permissionBits } from './permissions.js';
import type { Channel, DirectChannel, Guild, GuildChannel, Role, User } from './places.js';
import type { World } from './world.js';

const MIB = 1024 * 1024;

/** What Discord gives @everyone of a new guild, as far as it concerns text. */
const EVERYONE: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
];

/** What an invite link for a painting bot usually asks for. */
const BOT: readonly PermissionName[] = EVERYONE;

export interface NewUser {
  readonly name: string;
  readonly locale?: Locale;
  /** Bytes a file of theirs may have; 10 MiB without Nitro. */
  readonly attachmentSizeLimit?: number;
  /** Guilds they are members of, from the start. */
  readonly guilds?: readonly Guild[];
  /** Permissions they have in those guilds beyond @everyone's, by a role of their own. */
  readonly permissions?: readonly PermissionName[];
}

export function addUser(world: World, settings: NewUser): User {
  const user: User = {
    id: world.nextId(),
    name: settings.name,
    bot: false,
    locale: settings.locale ?? Locale.EnglishUS,
    attachmentSizeLimit: settings.attachmentSizeLimit ?? 10 * MIB,
  };
  world.users.set(user.id, user);
  for (const guild of settings.guilds ?? [])
    joinGuild(world, { guild, user, permissions: settings.permissions ?? [] });
  return user;
}

export interface NewGuild {
  readonly name: string;
  /** The owner, who may everything; someone who is never heard of when absent. */
  readonly owner?: User;
  readonly locale?: Locale;
  readonly everyone?: readonly PermissionName[];
  /** What the bot's own role allows; a usual invite's permissions by default. */
  readonly bot?: readonly PermissionName[];
}

/** Founds a guild with the bot in it and no channels; a connected bot hears GUILD_CREATE. */
export function addGuild(world: World, settings: NewGuild): Guild {
  const owner = settings.owner ?? addUser(world, { name: `${settings.name} owner`.slice(0, 32) });
  const id = world.nextId();
  const everyone: Role = {
    id,
    name: '@everyone',
    permissions: permissionBits(settings.everyone ?? EVERYONE),
    position: 0,
    managed: false,
  };
  const guild: Guild = {
    id,
    name: settings.name,
    ownerId: owner.id,
    locale: settings.locale ?? Locale.EnglishUS,
    roles: new Map([[id, everyone]]),
    members: new Map([[owner.id, { user: owner, roles: [], joinedAt: world.clock.now() }]]),
  };
  const bot = world.application.bot;
  const role = newRole(world, { guild, name: bot.name, permissions: settings.bot ?? BOT, managed: true });
  guild.roles.set(role.id, role);
  guild.members.set(bot.id, { user: bot, roles: [role.id], joinedAt: world.clock.now() });
  world.guilds.set(id, guild);
  world.dispatch({ event: 'GUILD_CREATE', data: guildCreate(world, guild), intents: [I.Guilds] });
  return guild;
}

/** Makes someone a member, with a role of their own for what they may beyond @everyone. */
export function joinGuild(
  world: World,
  {
    guild,
    user,
    permissions,
  }: { readonly guild: Guild; readonly user: User; readonly permissions: readonly PermissionName[] },
): void {
  const roles: string[] = [];
  if (permissions.length > 0) {
    const role = newRole(world, { guild, name: `${user.name}'s`, permissions, managed: false });
    guild.roles.set(role.id, role);
    roles.push(role.id);
    world.dispatch({
      event: 'GUILD_ROLE_CREATE',
      data: { guild_id: guild.id, role: roleObject(world, role) },
      intents: [I.Guilds],
    });
  }
  const member = { user, roles, joinedAt: world.clock.now() };
  guild.members.set(user.id, member);
  world.dispatch({ event: 'GUILD_MEMBER_ADD', data: memberAdd(guild, member), intents: [I.GuildMembers] });
}

export interface NewChannel {
  readonly guild: Guild;
  readonly name: string;
  readonly nsfw?: boolean;
}

export function addChannel(world: World, { guild, name, nsfw = false }: NewChannel): GuildChannel {
  const channel: GuildChannel = {
    kind: 'guild',
    type: ChannelType.GuildText,
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

/** The bot is shown the door. */
export function removeGuild(world: World, guild: Guild): void {
  for (const channel of [...world.channels.values()]) {
    if (channel.kind !== 'direct' && channel.guild === guild) world.channels.delete(channel.id);
  }
  world.guilds.delete(guild.id);
  world.dispatch({ event: 'GUILD_DELETE', data: { id: guild.id }, intents: [I.Guilds] });
  world.changed();
}

interface NewRole {
  readonly guild: Guild;
  readonly name: string;
  readonly permissions: readonly PermissionName[];
  readonly managed: boolean;
}

function newRole(world: World, { guild, name, permissions, managed }: NewRole): Role {
  return {
    id: world.nextId(),
    name,
    permissions: permissionBits(permissions),
    position: guild.roles.size,
    managed,
  };
}
