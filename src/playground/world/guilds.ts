import { GatewayIntentBits as I, Locale } from 'discord-api-types/v10';
import { guildCreate, memberAdd, roleObject } from '../wire/guild.js';
import { userObject } from '../wire/user.js';
import { type PermissionName, permissionBits } from './permissions.js';
import type { Guild, Role, User } from './places.js';
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
  'Connect',
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
    acceptsDirect: true,
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
    blockedWords: [],
    commandPermissions: new Map(),
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
  const member = { user, roles: [], joinedAt: world.clock.now() };
  guild.members.set(user.id, member);
  if (permissions.length > 0) addRole(world, { guild, name: `${user.name}'s`, user, permissions });
  world.dispatch({ event: 'GUILD_MEMBER_ADD', data: memberAdd(guild, member), intents: [I.GuildMembers] });
}

/** Somebody goes, or is thrown out; what they wrote stays. */
export function leaveGuild(
  world: World,
  { guild, user }: { readonly guild: Guild; readonly user: User },
): void {
  if (!guild.members.delete(user.id))
    throw new Error(`Expected ${user.name} to be a member of ${guild.name}.`);
  const data = { guild_id: guild.id, user: userObject(user) };
  world.dispatch({ event: 'GUILD_MEMBER_REMOVE', data, intents: [I.GuildMembers] });
  world.changed();
}

export interface GivenRole {
  readonly guild: Guild;
  readonly name: string;
  /** A member, who gets it. */
  readonly user: User;
  readonly permissions?: readonly PermissionName[];
}

/** Makes a role and gives it to a member. */
export function addRole(world: World, { guild, name, user, permissions = [] }: GivenRole): Role {
  const role = newRole(world, { guild, name, permissions, managed: false });
  guild.roles.set(role.id, role);
  guild.members.get(user.id)?.roles.push(role.id);
  const data = { guild_id: guild.id, role: roleObject(world, role) };
  world.dispatch({ event: 'GUILD_ROLE_CREATE', data, intents: [I.Guilds] });
  return role;
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
