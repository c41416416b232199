import {
  GuildChannelResponseSchema,
  GuildMemberResponseSchema,
  GuildRoleResponseSchema,
  GuildWithCountsResponseSchema,
  MessageReactionEmojiResponseSchema,
  MessageResponseSchema,
  PrivateChannelResponseSchema,
  SnowflakeTypeSchema as snowflake,
  ThreadResponseSchema,
  UserPIIResponseSchema,
  UserResponseSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import type { Schema } from './schema.js';

// Discord's description ends where the gateway begins; these shapes follow the documentation of its events, and use the
// description's schemas for whatever objects both speak of.

const isoTime = z.iso.datetime();
const permissionSet = z.string().regex(/^\d+$/);
const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2}|-419)?$/);
const guildId = { guild_id: z.optional(snowflake) };

const bareMember = z.object({
  roles: z.array(snowflake),
  joined_at: isoTime,
  deaf: z.boolean(),
  mute: z.boolean(),
  flags: z.int(),
  nick: z.string().nullish(),
});

const messageEvent = z.intersection(
  MessageResponseSchema,
  z.object({ ...guildId, member: bareMember.optional() }),
);
const channel = z.union([GuildChannelResponseSchema, ThreadResponseSchema]);
const deletedMessage = { channel_id: snowflake, ...guildId };

const reaction = {
  user_id: snowflake,
  channel_id: snowflake,
  message_id: snowflake,
  ...guildId,
  emoji: z.object({ id: z.nullable(snowflake), name: z.string().nullable() }),
  burst: z.boolean(),
  type: z.union([z.literal(0), z.literal(1)]),
};

const ready = z.object({
  v: z.literal(10),
  user: UserPIIResponseSchema,
  guilds: z.array(z.object({ id: snowflake, unavailable: z.literal(true) })),
  session_id: z.string().min(1),
  resume_gateway_url: z.url(),
  shard: z.tuple([z.int(), z.int()]).optional(),
  application: z.object({ id: snowflake, flags: z.int() }),
});

const guildCreate = z.intersection(
  GuildWithCountsResponseSchema,
  z.object({
    joined_at: isoTime,
    large: z.boolean(),
    member_count: z.int().positive(),
    members: z.array(GuildMemberResponseSchema),
    channels: z.array(GuildChannelResponseSchema),
    threads: z.array(ThreadResponseSchema),
    voice_states: z.array(z.unknown()),
    presences: z.array(z.unknown()),
    stage_instances: z.array(z.unknown()),
    guild_scheduled_events: z.array(z.unknown()),
    soundboard_sounds: z.array(z.unknown()),
  }),
);

/** Either a member with permissions (guild) or a user (direct message), never both. */
const actor = z.union([
  z.object({
    member: z.intersection(GuildMemberResponseSchema, z.object({ permissions: permissionSet })),
    user: z.undefined().optional(),
    guild_id: snowflake,
    guild: z.object({ id: snowflake, locale, features: z.array(z.string()) }),
    guild_locale: locale,
    context: z.literal(0),
  }),
  z.object({
    user: UserResponseSchema,
    member: z.undefined().optional(),
    guild_id: z.undefined().optional(),
    context: z.union([z.literal(1), z.literal(2)]),
  }),
]);

const command = { id: snowflake, name: z.string() };
const typedCommand = z.object({ ...command, type: z.literal(1), target_id: z.undefined().optional() });
const userMenu = z.object({
  ...command,
  type: z.literal(2),
  target_id: snowflake,
  resolved: z.object({ users: z.record(z.string(), UserResponseSchema) }),
});
const messageMenu = z.object({
  ...command,
  type: z.literal(3),
  target_id: snowflake,
  resolved: z.object({ messages: z.record(z.string(), MessageResponseSchema) }),
});

const interactionData = z.union([
  z.object({
    type: z.union([z.literal(2), z.literal(4)]),
    data: z.union([typedCommand, userMenu, messageMenu]),
  }),
  z.object({
    type: z.literal(3),
    data: z.object({ custom_id: z.string(), component_type: z.int() }),
    message: MessageResponseSchema,
  }),
  z.object({
    type: z.literal(5),
    data: z.object({ custom_id: z.string(), components: z.array(z.unknown()) }),
  }),
]);

const interaction = z.intersection(
  z.intersection(actor, interactionData),
  z.object({
    id: snowflake,
    application_id: snowflake,
    token: z.string().min(1),
    version: z.literal(1),
    channel_id: snowflake,
    channel: z.union([GuildChannelResponseSchema, ThreadResponseSchema, PrivateChannelResponseSchema]),
    app_permissions: permissionSet,
    locale,
    entitlements: z.array(z.unknown()),
    authorizing_integration_owners: z.record(z.string(), snowflake),
    attachment_size_limit: z.int().positive(),
  }),
);

/** What the data of each event has to be. */
export const gatewayEvents: Readonly<Record<string, Schema>> = {
  READY: ready,
  RESUMED: z.unknown(),
  GUILD_CREATE: guildCreate,
  GUILD_DELETE: z.object({ id: snowflake, unavailable: z.boolean().optional() }),
  GUILD_ROLE_CREATE: z.object({ guild_id: snowflake, role: GuildRoleResponseSchema }),
  GUILD_MEMBER_REMOVE: z.object({ guild_id: snowflake, user: UserResponseSchema }),
  GUILD_MEMBER_ADD: z.intersection(GuildMemberResponseSchema, z.object({ guild_id: snowflake })),
  GUILD_MEMBERS_CHUNK: z.object({
    guild_id: snowflake,
    members: z.array(GuildMemberResponseSchema),
    chunk_index: z.int(),
    chunk_count: z.int(),
    not_found: z.array(z.string()),
    nonce: z.string().optional(),
  }),
  CHANNEL_CREATE: channel,
  CHANNEL_UPDATE: channel,
  CHANNEL_DELETE: channel,
  THREAD_CREATE: ThreadResponseSchema,
  THREAD_UPDATE: ThreadResponseSchema,
  THREAD_DELETE: z.object({ id: snowflake, guild_id: snowflake, parent_id: snowflake, type: z.int() }),
  MESSAGE_CREATE: messageEvent,
  MESSAGE_UPDATE: messageEvent,
  MESSAGE_DELETE: z.object({ id: snowflake, ...deletedMessage }),
  MESSAGE_DELETE_BULK: z.object({ ids: z.array(snowflake).min(1), ...deletedMessage }),
  MESSAGE_REACTION_ADD: z.object({
    ...reaction,
    message_author_id: z.optional(snowflake),
    member: z.optional(GuildMemberResponseSchema),
  }),
  MESSAGE_REACTION_REMOVE: z.object(reaction),
  MESSAGE_REACTION_REMOVE_ALL: z.object({ message_id: snowflake, ...deletedMessage }),
  MESSAGE_REACTION_REMOVE_EMOJI: z.object({
    message_id: snowflake,
    ...deletedMessage,
    emoji: MessageReactionEmojiResponseSchema,
  }),
  INTERACTION_CREATE: interaction,
};
